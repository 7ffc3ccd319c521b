#include "imaging/material/class_row.h"

#include <cstddef>
#include <cstdint>

// The kernels below are compiled once for each kind of vectors and chosen when the program runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "imaging/material/class_row.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

#include "imaging/images.h"
#include "imaging/kernels/vector_log-inl.h"
#include "imaging/material/classify.h"
#include "imaging/material/neighbourhood.h"

HWY_BEFORE_NAMESPACE();
namespace portcullis::imaging::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using ClassTag = hn::ScalableTag<float>;
using ClassInts = hn::RebindToSigned<ClassTag>;
using ClassBytes = hn::Rebind<std::uint8_t, ClassTag>;
using Floats = hn::Vec<ClassTag>;
using Ints = hn::Vec<ClassInts>;
using Lanes = hn::Mask<ClassTag>;

constexpr float kThickTransmission = 2e-3F;  ///< Below, areal density is of smoothed transmission.
constexpr float kCurveError2 = 0.05F * 0.05F;  ///< Matter differs within a class, and curves err.
constexpr float kLayerError =
    0.05F;                          ///< Of a layer's m behind other places than those that show it.
constexpr float kVeryThick = 4.0F;  ///< Without a class from here on it is too thick to have one.

HWY_INLINE Floats All(float value) {
  return hn::Set(ClassTag(), value);
}
HWY_INLINE Ints AllInts(std::int32_t value) {
  return hn::Set(ClassInts(), value);
}
HWY_INLINE Floats Pick(Lanes where, Floats yes, Floats no) {
  return hn::IfThenElse(where, yes, no);
}
HWY_INLINE Ints PickInts(Lanes where, Ints yes, Ints no) {
  return hn::IfThenElse(hn::RebindMask(ClassInts(), where), yes, no);
}
HWY_INLINE Floats Within(Floats value, float least, float most) {
  return hn::Min(hn::Max(value, All(least)), All(most));
}

/// MaterialCurves::mass_g_cm2().
HWY_INLINE Floats MassOf(const MaterialCurves::MassTable& table, Floats high, Floats m) {
  using T = MaterialCurves::MassTable;
  const Floats row = hn::Min(hn::Add(hn::Mul(high, All(T::kRowsPerUnit)), All(0.5F)),
                             All(static_cast<float>(T::kRows - 1)));
  const Floats c = Within(hn::Mul(hn::Sub(m, All(T::kFrom)), All(T::kColumnsPerUnit)), 0.0F,
                          static_cast<float>(T::kColumns) - 1.001F);
  const Lanes some = hn::Gt(high, All(0.0F));
  const Ints i = hn::ConvertTo(ClassInts(), c);
  const Ints r = hn::ConvertTo(ClassInts(), hn::IfThenElseZero(some, row));
  const Ints at = hn::Add(hn::Mul(r, AllInts(T::kColumns)), i);
  const Floats a = hn::GatherIndex(ClassTag(), table.values, at);
  const Floats b = hn::GatherIndex(ClassTag(), table.values + 1, at);
  const Floats part = hn::Sub(c, hn::ConvertTo(ClassTag(), i));
  const Floats per_high = hn::Add(a, hn::Mul(hn::Sub(b, a), part));
  return hn::IfThenElseZero(some, hn::Mul(per_high, high));
}

HWY_INLINE Floats Below(const float* normal, Floats z) {
  const Floats place =
      hn::Add(hn::Mul(z, All(NormalTable::kPerUnit)), All(NormalTable::kMiddle + 0.5F));
  const Floats held = Within(place, 0.0F, 2 * NormalTable::kMiddle);
  return hn::GatherIndex(ClassTag(), normal, hn::ConvertTo(ClassInts(), held));
}

/// What MaterialCurves::look() says of H; each figure is read where it is needed.
struct Looks {
  const float* table;
  Ints at;
  HWY_INLINE Floats operator()(std::size_t offset_bytes) const {
    return hn::GatherIndex(ClassTag(), table + offset_bytes / sizeof(float), at);
  }
};
HWY_INLINE Looks LooksAt(const MaterialCurves& curves, Floats high) {
  const Floats place = Within(hn::Add(hn::Mul(high, All(MaterialCurves::kStepsPerUnit)), All(0.5F)),
                              0.0F, static_cast<float>(MaterialCurves::kSteps));
  constexpr auto kFloats = static_cast<int>(sizeof(MaterialCurves::Look) / sizeof(float));
  return {&curves.look(0.0F).low_offset,
          hn::Mul(hn::ConvertTo(ClassInts(), place), AllInts(kFloats))};
}

/// 1 organic, 2 light inorganic, 3 metal, 4 heavy metal.
HWY_INLINE Ints MaterialOf(Floats m, Floats organic, Floats light, Floats metal) {
  const Ints lower = PickInts(hn::Gt(m, metal), AllInts(3), AllInts(4));
  return PickInts(hn::Gt(m, organic), AllInts(1), PickInts(hn::Gt(m, light), AllInts(2), lower));
}

/// Twice MaterialCurves::effective_z(), rounded.
HWY_INLINE Ints EffectiveZ(Floats m, Floats polyethylene, Floats iron, Floats lead, bool has_lead) {
  const Floats gap = hn::Sub(iron, lead);
  const Floats part = hn::Min(All(1.0F), hn::Div(hn::Sub(iron, m), gap));
  const Floats past = Pick(hn::Lt(part, All(0.8F)), hn::Add(All(26.0F), hn::Mul(All(26.25F), part)),
                           hn::Add(All(47.0F), hn::Mul(All(175.0F), hn::Sub(part, All(0.8F)))));
  const Lanes apart = hn::Gt(gap, All(has_lead ? kHeavyGapLeast : 1e30F));
  Floats z = Pick(apart, past, All(26.0F));
  z = Pick(hn::Ge(m, iron), hn::Add(All(13.0F), hn::Div(hn::Mul(All(13.0F), m), iron)), z);
  z = Pick(hn::Ge(m, All(0.0F)), hn::Sub(All(13.0F), hn::Div(hn::Mul(All(8.2F), m), polyethylene)),
           z);
  z = Pick(hn::Ge(m, polyethylene), All(4.8F), z);
  return hn::ConvertTo(ClassInts(), hn::Add(hn::Mul(All(2.0F), z), All(0.5F)));
}

HWY_INLINE void StoreBytes(Ints values, std::uint8_t* to) {
  hn::StoreU(hn::DemoteTo(ClassBytes(), values), ClassBytes(), to);
}

void Wanting(const ClassRules& rules, const ClassRow& row) {
  const ClassTag d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const bool ask = rules.denoise && rules.wide;
  for (int x = 0; x < row.columns; x += lanes) {
    const Floats high = hn::LoadU(d, row.high + x);
    const Floats cell = hn::LoadU(d, row.layer_high + x);
    // What is hardly thicker than the layer is the layer.
    const Lanes counts = hn::And(
        hn::Gt(cell, All(0.0F)),
        hn::And(hn::Gt(high, hn::Mul(All(1.35F), cell)), hn::Gt(high, hn::Add(cell, All(0.05F)))));
    const Floats layer = hn::IfThenElseZero(counts, cell);
    hn::StoreU(layer, d, row.layer_high + x);
    const Floats load = hn::Div(hn::Sub(high, layer), high);
    const Floats enough = hn::Div(All(rules.settled), hn::Mul(load, load));
    const Lanes wants = hn::And(hn::Lt(hn::LoadU(d, row.information + x), enough),
                                hn::Ge(high, All(kTooThin_attenuation)));
    hn::StoreU(ask ? hn::IfThenElseZero(wants, enough) : All(0.0F), d, row.wanting + x);
  }
}

void Settle(const SettleRow& row) {
  static_assert(SettleRow::kCell == 4);
  const ClassTag d;
  const ClassInts di;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const Floats one = All(1.0F);
  const Ints first = AllInts(0);
  const Ints last = AllInts(row.cells - 1);
  for (int x = 0; x < row.columns; x += lanes) {
    const Lanes wants = hn::Gt(hn::LoadU(d, row.wanting + x), All(0.0F));
    if (hn::AllFalse(d, wants)) continue;
    const Ints place = hn::Add(hn::Iota(di, x), AllInts(row.phase));
    const Ints own = hn::Min(hn::ShiftRight<2>(place), last);
    const Lanes left = hn::RebindMask(d, hn::Lt(hn::And(place, AllInts(3)), AllInts(2)));
    const Ints next = hn::Add(own, PickInts(left, AllInts(-1), AllInts(1)));
    const Ints beside = hn::Min(hn::Max(next, first), last);
    const Ints places[2] = {own, beside};
    const Floats guide = hn::LoadU(d, row.guide + x);
    const Floats alike = hn::LoadU(d, row.alike + x);
    Floats m = hn::LoadU(d, row.m + x);
    Floats information = hn::LoadU(d, row.information + x);
    for (const CellsAround& cells : row.around) {
      for (const Ints& at : places) {
        // A silent cell is far off, and so never like.
        const Floats apart = hn::Sub(hn::GatherIndex(d, cells.given, at), guide);
        const Floats likeness = hn::Sub(one, hn::Mul(hn::Mul(apart, apart), alike));
        const Floats worth = hn::Mul(hn::GatherIndex(d, cells.information, at), likeness);
        const Lanes better =
            hn::And(hn::And(wants, hn::Ge(likeness, All(0.2F))), hn::Gt(worth, information));
        information = Pick(better, worth, information);
        m = Pick(better, hn::GatherIndex(d, cells.m, at), m);
      }
    }
    hn::StoreU(m, d, row.m + x);
    hn::StoreU(information, d, row.information + x);
  }
}

/// Nothing but air: as organic as anything; what is there is too thin to matter.
HWY_INLINE Floats AirMass(const MaterialCurves::MassTable& table, Floats own) {
  return MassOf(table, own, All(0.0F));
}

void Classes(const ClassRules& rules, const ClassRow& row) {
  using Look = MaterialCurves::Look;
  const ClassTag d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const MaterialCurves& curves = *rules.curves;
  const MaterialCurves::MassTable masses = curves.mass_table();
  const float* const normal = rules.normal->values();
  const Floats zero = All(0.0F);
  const Floats one = All(1.0F);
  const Ints none = AllInts(0);
  const Ints too_thick = AllInts(static_cast<int>(Material::kTooThick));
  for (int x = 0; x < row.columns; x += lanes) {
    const Floats t_high = hn::LoadU(d, row.transmission_high + x);
    const Floats high = hn::LoadU(d, row.high + x);
    const Lanes air = hn::Lt(high, All(kTooThin_attenuation));
    const Lanes bright = hn::Gt(t_high, All(kThickTransmission));
    const Floats own = Pick(
        bright,
        hn::Neg(kernels::HWY_NAMESPACE::log_of(d, hn::Max(t_high, All(kThickTransmission)))), high);
    Lanes edge = hn::Ge(hn::LoadU(d, row.given + x), All(rules.denoise ? kFarOff : 2 * kFarOff));
    const Lanes shows = hn::Gt(own, All(kTooThin_attenuation));
    edge = hn::And(edge, hn::Or(shows, hn::Not(air)));
    StoreBytes(PickInts(edge, AllInts(1), none), row.edge + x);
    if (hn::AllTrue(d, air)) {
      StoreBytes(none, row.material + x);
      StoreBytes(none, row.marks + x);
      StoreBytes(none, row.effective_z_halves + x);
      StoreBytes(AllInts(100), row.confidence_percent + x);
      hn::StoreU(AirMass(masses, own), d, row.mass_g_cm2 + x);
      continue;
    }
    const Floats m = hn::LoadU(d, row.m + x);
    const Floats information = hn::LoadU(d, row.information + x);
    const Floats layer = hn::LoadU(d, row.layer_high + x);
    const Looks look = LooksAt(curves, high);

    // What stands before a layer: at one thickness m mixes by shares of H.
    Floats load_m = m, load_information = information;
    Floats layer_mass = zero, layer_high = zero;
    Ints layer_mark = none;
    const Lanes layered = hn::Gt(layer, zero);
    if (!hn::AllFalse(d, layered)) {
      const Floats layer_m = hn::LoadU(d, row.layer_m + x);
      const Floats load = hn::Div(hn::Sub(high, layer), high);
      const Floats rest = hn::Sub(one, load);
      const Floats part = hn::Div(one, load);
      const Floats error = hn::Mul(hn::Mul(All(kLayerError), rest), part);
      const Floats worth =
          hn::Div(one, hn::Add(hn::Div(hn::Mul(part, part), information), hn::Mul(error, error)));
      const Lanes used = hn::And(layered, hn::Ge(worth, All(rules.known)));
      load_m = Pick(used, hn::Mul(hn::Sub(m, hn::Mul(layer_m, rest)), part), m);
      load_information = Pick(used, worth, information);
      layer_mark = PickInts(used, AllInts(kMarkDecomposed), none);
      // The layer's mass is what it shows alone; behind the rest it attenuates as matter does at
      // the sum's thickness. Interpolating the sum's m would weigh polyethylene behind steel as
      // paper, 4 % too heavy.
      layer_mass = hn::IfThenElseZero(used, MassOf(masses, layer, layer_m));
      const Floats sum_mass = hn::Max(MassOf(masses, high, layer_m), All(1e-6F));
      layer_high = hn::IfThenElseZero(used, hn::Div(hn::Mul(high, layer_mass), sum_mass));
    }

    // Scatter makes thick things look heavier. Its middle is taken out, and what is not true both
    // without it and with twice that is not said.
    const Floats scatter =
        hn::Max(zero, hn::Mul(All(rules.scatter_left), look(offsetof(Look, scatter_m))));
    const Floats half = hn::Mul(All(0.5F), scatter);
    const Floats cleared_m = hn::Add(load_m, hn::Min(half, All(0.5F)));

    const Floats organic = look(offsetof(Look, organic));
    const Floats light = look(offsetof(Look, light));
    const Floats metal = look(offsetof(Look, metal));
    const Floats spread_inverse =
        hn::Div(one, hn::Sqrt(hn::Add(hn::Div(one, load_information), All(kCurveError2))));
    // Within two standard deviations of what heavy metal may look like.
    const Lanes heavy_near =
        hn::Lt(hn::Sub(cleared_m, hn::Div(All(2.0F), hn::Sqrt(load_information))),
               look(offsetof(Look, heavy_reach)));
    const Lanes opaque = hn::Gt(high, All(kTooThick_attenuation));
    const Lanes unknown = hn::Lt(load_information, All(rules.known));

    // By the class's own boundary and, between two of them, the one beyond.
    const Lanes is_organic = hn::Gt(cleared_m, organic);
    const Lanes is_light = hn::Gt(cleared_m, light);
    const Lanes is_metal = hn::Gt(cleared_m, metal);
    Ints material = MaterialOf(cleared_m, organic, light, metal);
    const Floats near =
        Pick(is_organic, hn::Sub(cleared_m, organic),
             hn::Sub(Pick(is_light, organic, Pick(is_metal, light, metal)), cleared_m));
    const Floats beyond = hn::Sub(Pick(is_light, light, metal), cleared_m);
    const Lanes between = hn::And(hn::Not(is_organic), hn::Or(is_light, is_metal));
    Floats confidence =
        hn::Sub(Below(normal, hn::Mul(near, spread_inverse)),
                hn::IfThenElseZero(between, Below(normal, hn::Mul(beyond, spread_inverse))));
    const Lanes is_heavy = hn::Not(hn::Or(is_organic, hn::Or(is_light, is_metal)));
    Ints marks = PickInts(hn::And(heavy_near, hn::Or(hn::Not(is_heavy), unknown)),
                          AllInts(kMarkHeavyNotExcluded), none);
    const Lanes marked = hn::And(heavy_near, hn::Not(is_heavy));
    confidence = Pick(marked, hn::Min(confidence, All(0.5F)), confidence);
    // Not known well enough for a class.
    const Lanes dim = hn::Gt(high, All(kVeryThick));
    material = PickInts(unknown, PickInts(dim, too_thick, none), material);
    confidence = Pick(unknown, All(0.5F), confidence);
    marks = hn::Or(marks, PickInts(hn::And(unknown, hn::Not(dim)), AllInts(kMarkTooThin), none));
    // Too thick for any.
    material = PickInts(opaque, too_thick, material);
    confidence = Pick(opaque, one, confidence);
    marks = PickInts(opaque, none, marks);
    const Lanes doubtful =
        hn::And(hn::Gt(scatter, All(0.1F)), hn::And(hn::Not(unknown), hn::Not(opaque)));
    if (!hn::AllFalse(d, doubtful)) {
      const Ints without = MaterialOf(load_m, organic, light, metal);
      const Ints twice = MaterialOf(hn::Add(load_m, scatter), organic, light, metal);
      const auto differs = hn::Or(hn::Ne(without, material), hn::Ne(twice, material));
      const Lanes unsaid = hn::And(doubtful, hn::RebindMask(d, differs));
      material = PickInts(unsaid, too_thick, material);
      confidence = Pick(unsaid, All(0.5F), confidence);
    }
    const Ints z =
        EffectiveZ(cleared_m, look(offsetof(Look, m_polyethylene)), look(offsetof(Look, m_iron)),
                   look(offsetof(Look, m_lead)), curves.has_lead());
    const auto known = hn::And(hn::Ne(material, none), hn::Ne(material, too_thick));

    // For the mass: what is not known of m is drawn to the middle of what is shipped; what is known
    // to better than a class or two is left alone, for its noise averages out and a bias does not.
    const Floats doubt =
        hn::Add(hn::Div(one, load_information), hn::Mul(hn::Mul(All(4.0F), half), half));
    const Floats drawn = hn::Div(All(0.0625F), hn::Add(All(0.0625F), hn::Mul(doubt, doubt)));
    const Floats mass_m = hn::Mul(hn::Add(load_m, hn::Min(half, All(0.5F))), drawn);
    const Floats of_load = hn::Div(hn::Max(hn::Sub(own, layer_high), zero), own);
    const Floats mass = hn::IfThenElseZero(
        hn::Gt(own, zero), hn::Add(layer_mass, hn::Mul(MassOf(masses, own, mass_m), of_load)));

    StoreBytes(PickInts(air, none, material), row.material + x);
    StoreBytes(PickInts(air, none, hn::Or(marks, layer_mark)), row.marks + x);
    const Ints seen_z = hn::IfThenElseZero(known, z);
    StoreBytes(PickInts(air, none, seen_z), row.effective_z_halves + x);
    const Floats percent = hn::Add(hn::Mul(Pick(air, one, confidence), All(100.0F)), All(0.5F));
    StoreBytes(hn::ConvertTo(hn::RebindToSigned<decltype(d)>(), percent),
               row.confidence_percent + x);
    hn::StoreU(Pick(air, AirMass(masses, own), mass), d, row.mass_g_cm2 + x);
  }
}

}  // namespace
}  // namespace portcullis::imaging::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace portcullis::imaging {

HWY_EXPORT(Wanting);
HWY_EXPORT(Classes);
HWY_EXPORT(Settle);

NormalTable::NormalTable() : values_(static_cast<std::size_t>(2 * kMiddle) + 1) {
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const double z =
        (static_cast<double>(i) - static_cast<double>(kMiddle)) / static_cast<double>(kPerUnit);
    const double u = z * (1.5976 + 0.07056 * z * z);
    // exp(-u) as (exp(-u / 1024))^1024 of its series.
    double e = 1.0 - u / 1024.0 + u * u / (2.0 * 1024.0 * 1024.0);
    for (int k = 0; k < 10; ++k) e *= e;
    values_[i] = static_cast<float>(1.0 / (1.0 + e));
  }
}

void find_wanting(const ClassRules& rules, const ClassRow& row) {
  HWY_DYNAMIC_DISPATCH(Wanting)(rules, row);
}

void settle_pixels(const SettleRow& row) {
  HWY_DYNAMIC_DISPATCH(Settle)(row);
}

void class_pixels(const ClassRules& rules, const ClassRow& row) {
  HWY_DYNAMIC_DISPATCH(Classes)(rules, row);
}

}  // namespace portcullis::imaging
#endif  // HWY_ONCE
