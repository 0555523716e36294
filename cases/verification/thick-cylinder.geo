// Quarter of a thick cylinder, radii 100 and 200 mm, one layer of 20 mm; lengths in mm. Plane strain
// comes from the supports. n cells through the wall.
DefineConstant[ n = {8, Name "n"} ];
Point(1) = {100, 0, 0}; Point(2) = {200, 0, 0};
Point(3) = {0, 200, 0}; Point(4) = {0, 100, 0}; Point(5) = {0, 0, 0};
Line(1) = {1, 2};
Circle(2) = {2, 5, 3};
Line(3) = {3, 4};
Circle(4) = {4, 5, 1};
Curve Loop(1) = {1, 2, 3, 4};
Plane Surface(1) = {1};
Transfinite Curve {1} = n + 1 Using Progression 1.1;
Transfinite Curve {3} = n + 1 Using Progression 1/1.1;
Transfinite Curve {2, 4} = 13;
Transfinite Surface {1};
Recombine Surface {1};
wall[] = Extrude {0, 0, 20} { Surface{1}; Layers{1}; Recombine; };
Physical Volume("wall") = {wall[1]};
Physical Surface("foot") = {1};
Physical Surface("head") = {wall[0]};
Physical Surface("along_x") = {wall[2]}; // y = 0
Physical Surface("along_y") = {wall[4]}; // x = 0
Physical Surface("bore") = {wall[5]};
Mesh.ElementOrder = 2;
Mesh.SecondOrderIncomplete = 1;
