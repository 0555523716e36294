// NAFEMS T3: a bar of 0.1 m, lengths in m; 20 x 1 x 1 hexahedra.
Point(1) = {0, 0, 0};
line[] = Extrude {0.1, 0, 0} { Point{1}; Layers{20}; };
plane[] = Extrude {0, 0.01, 0} { Curve{line[1]}; Layers{1}; Recombine; };
body[] = Extrude {0, 0, 0.01} { Surface{plane[1]}; Layers{1}; Recombine; };
Physical Volume("bar") = {body[1]};
e() = Boundary{ Volume{body[1]}; };
cold() = Surface In BoundingBox {-1e-6, -1e-6, -1e-6, 1e-6, 1, 1};
hot() = Surface In BoundingBox {0.1 - 1e-6, -1e-6, -1e-6, 0.1 + 1e-6, 1, 1};
Physical Surface("cold") = {cold()};
Physical Surface("hot") = {hot()};
Mesh.ElementOrder = 2;
Mesh.SecondOrderIncomplete = 1;
Mesh.MshFileVersion = 4.1;
