#include "simulator/scene/structure.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assert.h"
#include "simulator/scene/tracer.h"

namespace portcullis::simulator {

namespace {

/// Adds parts given by their bounds, x from the container's front inner wall, z from its floor.
class Builder {
 public:
  Builder(Scene& scene, double x_origin, int container)
      : scene_(scene), x_origin_(x_origin), container_(container) {}

  Solid& box(std::string_view material, double density, std::array<double, 2> x,
             std::array<double, 2> y, std::array<double, 2> z) {
    Solid s;
    s.shape = Shape::kBox;
    s.center_mm = {x_origin_ + (x[0] + x[1]) / 2, (y[0] + y[1]) / 2,
                   kFloorHeightMm + (z[0] + z[1]) / 2};
    s.half_mm = {(x[1] - x[0]) / 2, (y[1] - y[0]) / 2, (z[1] - z[0]) / 2};
    return add(s, material, density);
  }
  Solid& steel(std::array<double, 2> x, std::array<double, 2> y, std::array<double, 2> z) {
    return box("steel", 0, x, y, z);
  }
  /// Both sides of the centre line at once; y are distances from it.
  void steel_pair(std::array<double, 2> x, std::array<double, 2> y, std::array<double, 2> z,
                  double density = 0) {
    box("steel", density, x, y, z);
    box("steel", density, x, {-y[1], -y[0]}, z);
  }
  /// Along y (a wheel) or, with `along_x`, along x (a tank).
  Solid& cylinder(std::string_view material, double density, std::array<double, 3> center,
                  double radius, double length, bool along_x) {
    Solid s;
    s.shape = Shape::kCylinder;
    s.center_mm = {x_origin_ + center[0], center[1], kFloorHeightMm + center[2]};
    s.half_mm = {radius, radius, length / 2};
    s.axis_aligned = false;
    if (along_x) {
      s.rotation = {0, 0, 1, 0, 1, 0, -1, 0, 0};
    } else {
      s.rotation = {1, 0, 0, 0, 0, -1, 0, 1, 0};
    }
    return add(s, material, density);
  }
  Solid& ellipsoid(std::string_view material, double density, std::array<double, 3> center,
                   std::array<double, 3> half) {
    Solid s;
    s.shape = Shape::kEllipsoid;
    s.center_mm = {x_origin_ + center[0], center[1], kFloorHeightMm + center[2]};
    s.half_mm = half;
    return add(s, material, density);
  }
  /// A wheel on both sides: tyre with air inside, steel rim and hub.
  void wheels(double x, double radius, double width, double y_outer) {
    for (const double side : {-1.0, 1.0}) {
      const double y = side * (y_outer - width / 2);
      const double z = radius - kFloorHeightMm;
      cylinder("rubber", 0, {x, y, z}, radius, width, false);
      cylinder("air", 0, {x, y, z}, radius * 0.90, width - 60, false);
      cylinder("steel", 0, {x, y, z}, radius * 0.56, width - 40, false);
      cylinder("air", 0, {x, y, z}, radius * 0.53, width - 40, false);
      cylinder("steel", 0, {x, y, z}, radius * 0.30, width * 0.5, false);
    }
    // The axle itself, with its gear in the middle.
    cylinder("steel", 5.0, {x, 0, radius - kFloorHeightMm}, 75, 2 * (y_outer - width), false);
  }

 private:
  Solid& add(Solid& s, std::string_view material, double density) {
    s.material = scene_material(scene_, material);
    s.density_g_cm3 = density > 0 ? density : scene_.materials[s.material].density_g_cm3;
    s.container = container_;
    scene_.solids.push_back(s);
    return scene_.solids.back();
  }
  Scene& scene_;
  double x_origin_;
  int container_;
};

/// Beams under the floor, rails, posts and corner castings, which all closed types have.
void add_frame(Builder& b, const ContainerSize& c, bool cross_members) {
  const double front = -c.front_mm;
  const double rear = c.outer_length_mm - c.front_mm;
  const double half = c.outer_width_mm / 2;
  const double bottom = -c.base_mm;
  const double top = c.outer_height_mm - c.base_mm;
  if (cross_members) {
    // C sections 122 x 45 x 4.5 mm across, about every 300 mm.
    const int count = static_cast<int>(std::lround((c.outer_length_mm - 300) / 295));
    for (int i = 0; i < count; ++i) {
      const double x = front + 150 + (c.outer_length_mm - 300) * (i + 0.5) / count;
      b.steel({x, x + 4.5}, {-half + 50, half - 50}, {-150, -28});
      b.steel({x + 4.5, x + 45}, {-half + 50, half - 50}, {-32.5, -28});
      b.steel({x + 4.5, x + 45}, {-half + 50, half - 50}, {-150, -145.5});
    }
  }
  // Bottom rails: a web of 162 x 4.5 mm with flanges; top rails: 60 x 60 x 3 mm tubes.
  b.steel_pair({front + 178, rear - 178}, {half - 4.5, half}, {bottom, bottom + 162});
  b.steel_pair({front + 178, rear - 178}, {half - 48, half - 4.5}, {bottom, bottom + 4.5});
  for (const double z : {top - 60, top - 3})
    b.steel_pair({front + 178, rear - 178}, {half - 60, half}, {z, z + 3});
  for (const double y : {half - 60, half - 3})
    b.steel_pair({front + 178, rear - 178}, {y, y + 3}, {top - 57, top - 3});
  // Corner posts: hollow, 6 mm; sills and headers across; castings of 12 kg.
  for (const double x : {front, rear - 150}) {
    b.steel_pair({x, x + 150}, {half - 100, half - 94}, {bottom + 118, top - 118});
    b.steel_pair({x, x + 150}, {half - 6, half}, {bottom + 118, top - 118});
    b.steel_pair({x, x + 6}, {half - 94, half - 6}, {bottom + 118, top - 118});
    b.steel_pair({x + 144, x + 150}, {half - 94, half - 6}, {bottom + 118, top - 118});
    b.steel({x + 20, x + 26}, {-half + 100, half - 100}, {bottom, bottom + 140});
    b.steel({x + 120, x + 124}, {-half + 100, half - 100}, {bottom, bottom + 140});
    b.steel({x + 20, x + 24}, {-half + 100, half - 100}, {top - 110, top});
    b.steel({x + 120, x + 124}, {-half + 100, half - 100}, {top - 110, top});
  }
  for (const double x : {front, rear - 178}) {
    for (const double z : {bottom, top - 118})
      b.steel_pair({x, x + 178}, {half - 162, half}, {z, z + 118}, 3.53);
  }
}

void add_dry(Builder& b, const ContainerSize& c) {
  const double length = c.inner_length_mm;
  const double half = c.inner_width_mm / 2;
  const double rear = c.outer_length_mm - c.front_mm;
  // Corrugated plates as flat ones of the same mass: 1.6 mm sides are 2.0, 2.0 mm front is 2.5.
  b.steel_pair({-c.front_mm + 150, rear - 150}, {half + 18, half + 20}, {0, c.inner_height_mm});
  b.steel({-22.5, -20}, {-half, half}, {0, c.inner_height_mm});
  b.steel({-c.front_mm + 100, rear - 100}, {-half, half},
          {c.inner_height_mm + 18, c.inner_height_mm + 20.1});
  // Doors: panel, frame, lock rods with cams, hinges.
  b.steel({length + 30, length + 32.5}, {-half, half}, {0, c.inner_height_mm});
  for (const double y : {50.0, half - 120})
    b.steel_pair({length + 33, length + 36}, {y, y + 100}, {0, c.inner_height_mm});
  for (const double y : {260.0, 860.0})
    b.steel_pair({length + 50, length + 70}, {y, y + 27}, {-60, c.inner_height_mm + 30});
  b.box("wood", 0.75, {0, length}, {-half, half}, {-28, 0});
  add_frame(b, c, true);
}

void add_reefer(Builder& b, const ContainerSize& c) {
  const double length = c.inner_length_mm;
  const double half = c.inner_width_mm / 2;
  const double outer = c.outer_width_mm / 2;
  const double top = c.outer_height_mm - c.base_mm;
  for (const double side : {-1.0, 1.0}) {
    const auto y = [side](double a, double z) {
      return side > 0 ? std::array{a, z} : std::array{-z, -a};
    };
    b.box("foam", 0.045, {0, length}, y(half + 1, outer - 3), {0, c.inner_height_mm});
    b.box("stainless_steel", 0, {0, length}, y(half, half + 0.8), {0, c.inner_height_mm});
    b.box("steel", 0, {0, length}, y(outer - 3, outer - 1.8), {0, c.inner_height_mm});
  }
  b.box("foam", 0.045, {0, length}, {-half, half}, {c.inner_height_mm + 1, top - 5});
  b.box("stainless_steel", 0, {0, length}, {-half, half},
        {c.inner_height_mm, c.inner_height_mm + 0.8});
  b.box("aluminium", 0, {0, length}, {-half, half}, {top - 5, top - 3});
  // T-bar floor: 64 mm of aluminium bars and air, then foam over the lower plate.
  b.box("aluminium", 0.42, {0, length}, {-half, half}, {-64, 0});
  b.box("foam", 0.045, {0, length}, {-half, half}, {-140, -64});
  b.steel({0, length}, {-half, half}, {-142, -140});
  // Machinery in front: compressor low, coil and fans high, frame and bulkhead.
  b.box("foam", 0.045, {-70, 0}, {-half, half}, {0, c.inner_height_mm});
  b.steel({-c.front_mm + 20, -c.front_mm + 22}, {-half, half}, {0, c.inner_height_mm});
  b.box("machinery", 1.8, {-c.front_mm + 60, -90}, {-700, -250}, {60, 520});
  b.box("copper", 0.45, {-c.front_mm + 60, -90}, {-900, 900}, {1150, 1750});
  b.box("electronics", 0.7, {-c.front_mm + 60, -120}, {300, 850}, {150, 800});
  b.box("aluminium", 0.25, {-c.front_mm + 60, -90}, {-800, 800}, {1850, 2250});
  // Doors: two plates with foam.
  b.box("foam", 0.045, {length + 10, length + 75}, {-half, half}, {0, c.inner_height_mm});
  b.steel({length + 75, length + 77}, {-half, half}, {0, c.inner_height_mm});
  b.box("stainless_steel", 0, {length + 8, length + 10}, {-half, half}, {0, c.inner_height_mm});
  for (const double y : {260.0, 860.0})
    b.steel_pair({length + 80, length + 100}, {y, y + 27}, {-60, c.inner_height_mm + 30});
  add_frame(b, c, true);
}

void add_tank(Builder& b, const ContainerSize& c) {
  // A shell of 5 mm stainless steel, dished ends, 50 mm of insulation under a thin jacket.
  const double radius = c.inner_height_mm / 2;
  const double middle = c.inner_length_mm / 2;
  const double straight = c.inner_length_mm - 600;
  const double z = radius;
  b.cylinder("aluminium", 0, {middle, 0, z}, radius + 56, straight, true);
  b.cylinder("foam", 0.045, {middle, 0, z}, radius + 55, straight, true);
  for (const double x : {300.0, c.inner_length_mm - 300}) {
    b.ellipsoid("stainless_steel", 0, {x, 0, z}, {306, radius + 6, radius + 6});
  }
  b.cylinder("stainless_steel", 0, {middle, 0, z}, radius + 5, straight, true);
  for (const double x : {300.0, c.inner_length_mm - 300})
    b.ellipsoid("air", 0, {x, 0, z}, {300, radius, radius});
  b.cylinder("air", 0, {middle, 0, z}, radius, straight, true);
  b.box("steel", 0, {middle - 250, middle + 250}, {-250, 250},
        {2 * radius + 60, 2 * radius + 75});  // manhole
  b.steel_pair({0, c.inner_length_mm}, {350, 360}, {-120, -10});
  for (const double x : {400.0, c.inner_length_mm - 500})
    b.steel({x, x + 100}, {-700, 700}, {-110, -100});
  add_frame(b, c, false);
}

void add_flat(Builder& b, const ContainerSize& c) {
  const double length = c.inner_length_mm;
  const double half = c.inner_width_mm / 2;
  const double rear = c.outer_length_mm - c.front_mm;
  b.box("wood", 0.75, {0, length}, {-half, half}, {-50, 0});
  // Two deep main beams (I, 400 mm) carry it; end walls stand at both ends.
  b.steel_pair({-c.front_mm, rear}, {800, 820}, {-c.base_mm, -50});
  b.steel_pair({-c.front_mm, rear}, {700, 920}, {-70, -50});
  b.steel_pair({-c.front_mm, rear}, {700, 920}, {-c.base_mm, -c.base_mm + 15});
  for (double x = 200; x < length - 200; x += 600) b.steel({x, x + 6}, {-half, half}, {-250, -50});
  for (const double x : {-c.front_mm, rear - 150}) {
    b.steel({x + 60, x + 66}, {-half, half}, {0, c.inner_height_mm});
    b.steel_pair({x, x + 150}, {half - 60, half - 48}, {-100, c.inner_height_mm + 60});
    b.steel_pair({x, x + 12}, {half - 48, half + 30}, {-100, c.inner_height_mm + 60});
  }
}

/// Cab, engine, front axle and tank of a lorry whose cab ends at `rear` (x of the truck).
void add_cab(Builder& b, double rear, double length) {
  const double front = rear - length;
  const double z0 = -350;  // cab floor, 0.9 m above ground
  const double top = 2900 - kFloorHeightMm;
  // Sheet metal, glass in front, doors, bunk and seats, dashboard.
  b.steel_pair({front, rear}, {1198, 1200}, {z0, top});
  b.steel({rear - 1.5, rear}, {-1200, 1200}, {z0, top});
  b.steel({front, front + 2}, {-1200, 1200}, {z0, 300});
  b.box("glass", 0, {front, front + 6}, {-1150, 1150}, {320, 1250});
  b.steel({front, front + 2}, {-1200, 1200}, {1260, top});
  b.steel({front, rear}, {-1200, 1200}, {top - 1.5, top});
  b.steel({front, rear}, {-1200, 1200}, {z0, z0 + 3});
  b.box("plastic", 0.25, {front + 60, front + 460}, {-1100, 1100}, {100, 420});
  for (const double y : {-820.0, 320.0}) {
    b.box("textile", 0.09, {front + 800, front + 1300}, {y, y + 500}, {0, 150});
    b.box("textile", 0.09, {front + 1200, front + 1330}, {y, y + 500}, {150, 800});
  }
  b.box("textile", 0.06, {rear - 520, rear - 30}, {-1050, 1050}, {120, 260});
  // Engine and gearbox between the frame's beams, radiator before them.
  b.box("machinery", 2.4, {front + 520, rear - 330}, {-330, 330}, {-700, 60});
  b.box("machinery", 2.2, {rear - 330, rear + 200}, {-220, 220}, {-720, -300});
  b.box("aluminium", 0.5, {front + 250, front + 350}, {-420, 420}, {-650, 60});
  b.steel({front - 0.0, front + 60}, {-1150, 1150}, {-850, -820});
  b.wheels(front + 1250, 500, 310, 1240);
}

}  // namespace

std::size_t scene_material(Scene& scene, std::string_view name) {
  for (std::size_t i = 0; i < scene.materials.size(); ++i) {
    if (scene.materials[i].name == name) return i;
  }
  auto material = find_material(name);
  PC_ASSERT(material.ok());
  scene.materials.push_back(std::move(*material));
  return scene.materials.size() - 1;
}

std::optional<ContainerSize> container_size(std::string_view t) {
  if (t.size() != 4 || t[3] < '0' || t[3] > '9') return std::nullopt;
  const double length = t[0] == '2' ? 6058 : t[0] == '4' ? 12'192 : t[0] == 'L' ? 13'716 : 0;
  const double height = t[1] == '2' ? 2591 : t[1] == '5' ? 2896 : 0;
  if (length <= 0 || height <= 0) return std::nullopt;
  switch (t[2]) {
    case 'G':
    case 'V':
      return ContainerSize{length, 2438, height, length - 160, 2352, height - 198, 80, 150, 'G'};
    case 'R':
      return ContainerSize{length, 2438, height, length - 612, 2290, height - 352, 500, 250, 'R'};
    case 'T':
      return ContainerSize{length, 2438, height, length - 160, 2230, height - 361, 80, 180, 'T'};
    case 'P':
      return ContainerSize{length, 2438, height, length - 420, 2400, height - 650, 210, 600, 'P'};
    default:
      return std::nullopt;
  }
}

void add_container_structure(Scene& scene, int index) {
  auto& container = scene.containers[static_cast<std::size_t>(index)];
  const auto size = container_size(container.iso_type);
  PC_ASSERT(size.has_value());
  const double x0 = container.x_front_mm;
  const double floor = kFloorHeightMm;
  container.outer = {x0 - size->front_mm,       x0 - size->front_mm + size->outer_length_mm,
                     -size->outer_width_mm / 2, size->outer_width_mm / 2,
                     floor - size->base_mm,     floor - size->base_mm + size->outer_height_mm};
  container.inner = {
      x0,    x0 + size->inner_length_mm,   -size->inner_width_mm / 2, size->inner_width_mm / 2,
      floor, floor + size->inner_height_mm};
  Builder builder(scene, x0, index);
  const std::size_t first = scene.solids.size();
  switch (size->group) {
    case 'R':
      add_reefer(builder, *size);
      break;
    case 'T':
      add_tank(builder, *size);
      break;
    case 'P':
      add_flat(builder, *size);
      break;
    default:
      add_dry(builder, *size);
      break;
  }
  container.tare_kg = mass_of_solids_kg(scene, first, scene.solids.size());
}

void add_vehicle_structure(Scene& scene) {
  double front = -80;
  double rear = scene.vehicle_kind == "rigid" ? 6000 : 13'600;
  double bottom = -150;
  if (!scene.containers.empty()) {
    front = scene.containers.front().outer.x_min;
    rear = scene.containers.front().outer.x_max;
    for (const auto& c : scene.containers) {
      front = std::min(front, c.outer.x_min);
      rear = std::max(rear, c.outer.x_max);
      bottom = std::min(bottom, c.outer.z_min - kFloorHeightMm);
    }
  }
  Builder b(scene, 0, -1);
  if (scene.containers.empty()) {  // its own platform
    b.box("wood", 0.75, {front, rear}, {-1220, 1220}, {-30, 0});
    for (double x = front + 100; x < rear - 100; x += 500)
      b.steel({x, x + 5}, {-1200, 1200}, {-150, -30});
    b.steel_pair({front, rear}, {1215, 1220}, {-150, 0});
  }
  const bool rigid = scene.vehicle_kind == "rigid";
  const double beam_top = bottom;
  const double beam_bottom = bottom - (rigid ? 270 : 320);
  // Two C or I beams carry it.
  b.steel_pair({front, rear}, {420, 428}, {beam_bottom, beam_top});
  b.steel_pair({front, rear}, {390, 458}, {beam_top - 8, beam_top});
  b.steel_pair({front, rear}, {390, 458}, {beam_bottom, beam_bottom + 8});
  for (double x = front + 600; x < rear - 300; x += 1400)
    b.steel({x, x + 8}, {-420, 420}, {beam_bottom + 30, beam_top - 30});
  b.steel({rear - 60, rear - 50}, {-1150, 1150},
          {beam_bottom - 280, beam_bottom - 150});  // underrun bar
  if (rigid) {
    add_cab(b, front - 150, 2050);
    b.steel_pair({front - 2100, front}, {390, 398}, {beam_bottom, beam_top});
    b.wheels(rear - 1900, 500, 600, 1240);
    b.cylinder("steel", 0, {front + 1500, 850, beam_bottom - 120}, 310, 1000, true);
    b.cylinder("diesel", 0, {front + 1500, 850, beam_bottom - 120}, 307, 994, true);
    return;
  }
  for (const double x : {rear - 3600, rear - 2290, rear - 980}) b.wheels(x, 500, 385, 1240);
  b.steel_pair({front + 2600, front + 2640}, {700, 740}, {-1150, beam_bottom});  // landing legs
  // Tractor, its frame reaching under the trailer.
  const double cab_rear = front - 650;
  add_cab(b, cab_rear, 2250);
  b.steel_pair({cab_rear - 2300, cab_rear + 3300}, {390, 398}, {bottom - 560, bottom - 330});
  b.steel({cab_rear + 1300, cab_rear + 2200}, {-450, 450},
          {bottom - 330, bottom - 322});  // fifth wheel
  b.wheels(cab_rear + 1800, 500, 600, 1240);
  for (const double y : {-850.0, 850.0}) {
    b.cylinder("aluminium", 0, {cab_rear + 500, y, -750}, 310, 1100, true);
    b.cylinder("diesel", 0, {cab_rear + 500, y, -750}, 306, 1092, true);
  }
}

double mass_of_solids_kg(const Scene& scene, std::size_t first, std::size_t last) {
  double total = 0;
  for (std::size_t i = first; i < last; ++i) {
    const Solid& solid = scene.solids[i];
    if (solid.density_g_cm3 <= 0) continue;
    const LaneBox box = bounds(solid);
    std::vector<const Solid*> later;
    for (std::size_t k = i + 1; k < scene.solids.size(); ++k) {
      const LaneBox other = bounds(scene.solids[k]);
      if (other.x_min < box.x_max && box.x_min < other.x_max && other.y_min < box.y_max &&
          box.y_min < other.y_max && other.z_min < box.z_max && box.z_min < other.z_max) {
        later.push_back(&scene.solids[k]);
      }
    }
    // Rays along y over the side view, midpoint rule: exact along y, and exact at all for
    // boxes that fill their bounds where nothing overlaps.
    const bool plain = later.empty() && solid.shape == Shape::kBox && solid.axis_aligned;
    if (plain) {
      total +=
          8 * solid.half_mm[0] * solid.half_mm[1] * solid.half_mm[2] * solid.density_g_cm3 * 1e-6;
      continue;
    }
    // Overlapped boxes by boxes: borders of all of them as grid lines make that exact too.
    std::vector<double> xs;
    std::vector<double> zs;
    const auto refine = [](std::vector<double>& lines, double from, double to, int count) {
      for (int k = 0; k <= count; ++k) lines.push_back(from + (to - from) * k / count);
    };
    const auto is_plain_box = [](const Solid& s) {
      return s.axis_aligned && s.shape == Shape::kBox;
    };
    const int own_parts = is_plain_box(solid) ? 1 : 160;
    refine(xs, box.x_min, box.x_max, own_parts);
    refine(zs, box.z_min, box.z_max, own_parts);
    for (const Solid* other : later) {
      const LaneBox o = bounds(*other);
      const int parts = is_plain_box(*other) ? 1 : 48;
      refine(xs, std::max(o.x_min, box.x_min), std::min(o.x_max, box.x_max), parts);
      refine(zs, std::max(o.z_min, box.z_min), std::min(o.z_max, box.z_max), parts);
    }
    std::sort(xs.begin(), xs.end());
    std::sort(zs.begin(), zs.end());
    double volume_mm3 = 0;
    std::array<std::array<double, 2>, 32> mine;
    std::array<std::array<double, 2>, 32> theirs;
    const double y_start = box.y_min - 1;
    std::vector<std::array<double, 2>> taken;
    for (std::size_t a = 0; a + 1 < xs.size(); ++a) {
      const double dx = xs[a + 1] - xs[a];
      if (dx <= 0) continue;
      const double x = (xs[a] + xs[a + 1]) / 2;
      for (std::size_t c = 0; c + 1 < zs.size(); ++c) {
        const double dz = zs[c + 1] - zs[c];
        if (dz <= 0) continue;
        const std::array<double, 3> origin{x, y_start, (zs[c] + zs[c + 1]) / 2};
        const std::size_t count = intersect(solid, origin, {0, 1, 0}, mine);
        if (count == 0) continue;
        taken.clear();
        for (const Solid* other : later) {
          const std::size_t n = intersect(*other, origin, {0, 1, 0}, theirs);
          taken.insert(taken.end(), theirs.begin(),
                       theirs.begin() + static_cast<std::ptrdiff_t>(n));
        }
        std::sort(taken.begin(), taken.end());
        double length = 0;
        for (std::size_t k = 0; k < count; ++k) {
          double at = mine[k][0];
          for (const auto& t : taken) {
            if (t[1] <= at) continue;
            if (t[0] >= mine[k][1]) break;
            if (t[0] > at) length += t[0] - at;
            at = std::min(t[1], mine[k][1]);
          }
          length += std::max(0.0, mine[k][1] - at);
        }
        volume_mm3 += length * dx * dz;
      }
    }
    total += volume_mm3 * solid.density_g_cm3 * 1e-6;
  }
  return total;
}

}  // namespace portcullis::simulator
