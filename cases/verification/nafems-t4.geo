// NAFEMS T4: a plate of 0.6 x 1.0 m, lengths in m, 0.1 m thick; n refines.
DefineConstant[ n = {1, Name "n"} ];
Point(1) = {0, 0, 0};
line[] = Extrude {0.6, 0, 0} { Point{1}; Layers{6*n}; };
low[] = Extrude {0, 0.2, 0} { Curve{line[1]}; Layers{4*n}; Recombine; };
high[] = Extrude {0, 0.8, 0} { Curve{low[0]}; Layers{8*n}; Recombine; };
a[] = Extrude {0, 0, 0.1} { Surface{low[1]}; Layers{1}; Recombine; };
b[] = Extrude {0, 0, 0.1} { Surface{high[1]}; Layers{1}; Recombine; };
Physical Volume("plate") = {a[1], b[1]};
hot() = Surface In BoundingBox {-1, -1e-6, -1, 1, 1e-6, 1};
right() = Surface In BoundingBox {0.6 - 1e-6, -1, -1, 0.6 + 1e-6, 2, 1};
top() = Surface In BoundingBox {-1, 1 - 1e-6, -1, 1, 1 + 1e-6, 1};
Physical Surface("hot") = {hot()};
Physical Surface("cooled") = {right(), top()};
Mesh.ElementOrder = 2;
Mesh.SecondOrderIncomplete = 1;
Mesh.MshFileVersion = 4.1;
