#pragma once

namespace portcullis::customs {

struct Adapter;

// Adapters that are tables of element names: no public sample of these systems' messages was to be
// had, so their basis is "field list" (docs/customs/).

/// EU Import Control System 2: entry summary declarations IE3F10 to IE3F17 and IE3F20 to IE3F29,
/// do-not-load, screening and assessment messages; a draft of the control result.
const Adapter& ics2_adapter();
/// ASYCUDA World: SAD as XML with its selectivity lane; a draft of the inspection act.
const Adapter& asycuda_adapter();
/// Korea's UNI-PASS: answer to the query of a cargo's clearance progress.
const Adapter& unipass_adapter();
/// Singapore's TradeNet: permits as JSON or XML; a draft of an inspection note.
const Adapter& tradenet_adapter();
/// EU Customs Information System (Regulation (EC) 515/97): a dossier for a person to enter. Reads
/// nothing and never connects.
const Adapter& cis_adapter();
/// EU customs decisions: list of holders and authorisations, a table of comma- or
/// semicolon-separated values.
const Adapter& eu_decisions_adapter();
/// CAPS: a comma-delimited file for each declaration (docs/customs/caps.md says whose); a draft of
/// its status.
const Adapter& caps_adapter();
/// Canada's CARM: the Commercial Accounting Declaration as XML or JSON, by a table of data
/// (site_tables.h); a draft of its status.
const Adapter& carm_adapter();
/// Appointments of a terminal as scan orders: a table with headings of our own.
const Adapter& scan_orders_adapter();

}  // namespace portcullis::customs
