-- A scan file (*.pscan) is an SQLite database with these tables. The text of this page is what
-- the software executes to make one (archive/pscan_schema is generated from it).
--
-- Header: application_id 0x50534331 ("PSC1"), user_version 1.
-- While the scan runs: WAL, synchronous FULL, one writer. When sealed: journal_mode DELETE.
--
-- Seal: SHA-256 over, in this order, each written as "<table>\n" and then its rows in the order
-- of the first column(s), each row as its columns in the order below, each column as
-- "<byte count>:<bytes>;" with integers and reals in their shortest decimal text, blobs as they
-- are and NULL as "-;":  meta (without the key 'seal_sha256'), raw_block, calibration_frame,
-- wedge_step, radiation_line, event.

PRAGMA application_id = 0x50534331;
PRAGMA user_version = 1;

-- key 'scan': the scan's metadata as JSON (id, times, outcome, identity, geometry, ...).
-- key 'software_version'. key 'calibration_id'. key 'lines', 'lines_lost' (written at the end).
-- key 'seal_sha256': written when sealed, absent before.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Raw lines in pulse order, up to 256 to a block. `data` after decompression by `encoding`:
--   line headers: per line 32 bytes, little-endian: u64 pulse, u64 timestamp_ns,
--     i32 encoder_counts, u32 dose_counts, u8 energy, u8 flags, i16 temperature_centi_c,
--     u32 reserved 0
--   modules present: per line ceil(module_count / 8) bytes, module 0 in bit 0 of byte 0
--   samples: all lines' samples in order, as three byte planes (bits 0-7, 8-15, 16-23)
-- encoding 1: zstd of that, as it stands.
-- encoding 2: zstd, with each sample replaced before the planes by its difference (mod 2^24) to
--   the same pixel's sample two lines earlier in the block (same energy; the first two as is).
-- encoding 3: zstd, with each sample s from the third line on replaced by its residual
--   r = s - (b + step(b)), b the same pixel's sample two lines earlier, step(b) = b * gain / 2^15 +
--   offset: binary32, product and sum each rounded to nearest, then cut towards 0. The line's own
--   gain and offset, i16 each, stand in its header in the place of the reserved u32. The planes of
--   these lines are signed bytes, bits 0-7 of r, of (r + 128) >> 8 and of (r + 32896) >> 16:
--   r = plane0 + 256 * plane1 + 65536 * plane2, all modulo 2^24.
-- crc32c: CRC-32C of the compressed data.
CREATE TABLE raw_block (
  block_index INTEGER PRIMARY KEY,
  first_line  INTEGER NOT NULL,
  line_count  INTEGER NOT NULL,
  encoding    INTEGER NOT NULL,
  raw_bytes   INTEGER NOT NULL,
  crc32c      INTEGER NOT NULL,
  data        BLOB NOT NULL
);

-- kind: 'dark', 'air_high', 'air_low'. mean, variance: little-endian float32 per pixel, counts.
-- From the detector's commissioning, each of them optional:
--   'dark_second': dark at another temperature.
--   'decay_FFFF_LLLL': lines without beam in air, averaged from the FFFFth to the LLLLth pulse after
--     the last one with beam, whose mean dose it carries.
--   'block_NN_high', 'block_NN_low': behind and beside an opaque block in the lane.
--   'air_noise_next', 'air_noise_second': mean is the relative covariance of a pixel's dose-normal
--     sample with the next, the second next pixel's; variance its relative variance.
CREATE TABLE calibration_frame (
  kind             TEXT PRIMARY KEY,
  line_count       INTEGER NOT NULL,
  dose_mean_counts REAL NOT NULL,
  temperature_c    REAL NOT NULL,
  taken_utc        TEXT NOT NULL,
  mean             BLOB NOT NULL,
  variance         BLOB NOT NULL
) WITHOUT ROWID;

-- Transmission of plates of known areal density over the whole fan; float32 per pixel.
CREATE TABLE wedge_step (
  material            TEXT NOT NULL,
  areal_density_g_cm2 REAL NOT NULL,
  line_count          INTEGER NOT NULL,
  transmission_high   BLOB NOT NULL,
  transmission_low    BLOB NOT NULL,
  PRIMARY KEY (material, areal_density_g_cm2)
) WITHOUT ROWID;

-- The radiation portal's lines of this occupancy, as received, by the lane's clock.
CREATE TABLE radiation_line (
  line_index INTEGER PRIMARY KEY,
  utc        TEXT NOT NULL,
  text       TEXT NOT NULL
);

-- What happened during the scan: state changes, losses, faults.
CREATE TABLE event (
  event_index INTEGER PRIMARY KEY,
  utc         TEXT NOT NULL,
  kind        TEXT NOT NULL,
  text        TEXT NOT NULL
);

-- Not under the seal; recomputed from the above by the recorded software and parameters.
-- name: 'high', 'low', 'mass' (16-bit TIFF), 'material' (8-bit TIFF), 'preview' (PNG).
CREATE TABLE image (
  name             TEXT PRIMARY KEY,
  software_version TEXT NOT NULL,
  parameters       TEXT NOT NULL,
  sha256           TEXT NOT NULL,
  data             BLOB NOT NULL
) WITHOUT ROWID;

-- The report of `inspect --json`, one row a version.
CREATE TABLE report (
  version          INTEGER PRIMARY KEY,
  utc              TEXT NOT NULL,
  software_version TEXT NOT NULL,
  json             TEXT NOT NULL
);
