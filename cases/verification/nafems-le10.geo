// NAFEMS LE10: quarter of an elliptic annulus, 0.6 m thick, lengths in m. z = 0 is the middle plane.
// kind = 0 hexahedra, 1 wedges, 2 tetrahedra; n refines, grade > 1 makes cells smaller towards D.
// nafems-le10.msh: kind 0, n 2; -wedge15: kind 1, n 1, grade 1.1; -tet10: kind 2, n 2.
DefineConstant[ kind = {0, Name "kind"}, n = {1, Name "n"}, grade = {1, Name "grade"} ];
Point(1) = {2.00, 0, -0.3}; Point(2) = {3.25, 0, -0.3};
Point(3) = {0, 2.75, -0.3}; Point(4) = {0, 1.00, -0.3}; Point(5) = {0, 0, -0.3};
Line(1) = {1, 2};
Ellipse(2) = {2, 5, 2, 3};
Line(3) = {3, 4};
Ellipse(4) = {4, 5, 1, 1};
Curve Loop(1) = {1, 2, 3, 4};
Plane Surface(1) = {1};
Transfinite Curve {1} = 4*n + 1 Using Progression grade;
Transfinite Curve {3} = 4*n + 1 Using Progression 1/grade;
Transfinite Curve {2} = 6*n + 1 Using Progression grade;
Transfinite Curve {4} = 6*n + 1 Using Progression 1/grade;
Transfinite Surface {1};
If (kind == 0)
  Recombine Surface {1};
EndIf
If (kind == 2)
  lower[] = Extrude {0, 0, 0.3} { Surface{1}; };
  upper[] = Extrude {0, 0, 0.3} { Surface{lower[0]}; };
  Mesh.CharacteristicLengthMax = 0.35/n;
Else
  lower[] = Extrude {0, 0, 0.3} { Surface{1}; Layers{n}; Recombine; };
  upper[] = Extrude {0, 0, 0.3} { Surface{lower[0]}; Layers{n}; Recombine; };
EndIf
middle[] = Boundary{ Surface{lower[0]}; };
Physical Volume("plate") = {lower[1], upper[1]};
Physical Surface("top") = {upper[0]};
Physical Surface("along_x") = {lower[2], upper[2]}; // y = 0
Physical Surface("outer") = {lower[3], upper[3]};
Physical Surface("along_y") = {lower[4], upper[4]}; // x = 0
Physical Curve("middle_line") = {Abs(middle[1])}; // of the outer face
Mesh.ElementOrder = 2;
Mesh.SecondOrderIncomplete = 1;
Mesh.HighOrderOptimize = 0;
