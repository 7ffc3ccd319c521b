#include "proving/soak/disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "core/assert.h"
#include "proving/soak/draws.h"

namespace portcullis::proving {
namespace {

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): SQLite knows no other way
thread_local SoakDisk* t_disk = nullptr;

/// A file of ours: SQLite's base first, then the system's file behind it.
struct DiskFile {
  sqlite3_file base;
  SoakDisk* disk;
  std::string* path;
  sqlite3_file* real;
};

DiskFile& mine(sqlite3_file* file) {
  return *reinterpret_cast<DiskFile*>(file);
}

int disk_close(sqlite3_file* file) {
  DiskFile& f = mine(file);
  const int code = f.real->pMethods != nullptr ? f.real->pMethods->xClose(f.real) : SQLITE_OK;
  delete f.path;
  f.path = nullptr;
  return code;
}
int disk_read(sqlite3_file* file, void* data, int bytes, sqlite3_int64 offset) {
  return mine(file).real->pMethods->xRead(mine(file).real, data, bytes, offset);
}
int disk_write(sqlite3_file* file, const void* data, int bytes, sqlite3_int64 offset) {
  DiskFile& f = mine(file);
  if (const auto verdict = f.disk->act(true); verdict.refused) return verdict.code;
  f.disk->note_write(*f.path, f.real, offset, bytes);
  return f.real->pMethods->xWrite(f.real, data, bytes, offset);
}
int disk_truncate(sqlite3_file* file, sqlite3_int64 size) {
  DiskFile& f = mine(file);
  if (const auto verdict = f.disk->act(true); verdict.refused) return verdict.code;
  f.disk->note_truncate(*f.path, f.real, size);
  return f.real->pMethods->xTruncate(f.real, size);
}
int disk_sync(sqlite3_file* file, int) {
  DiskFile& f = mine(file);
  if (const auto verdict = f.disk->act(false); verdict.refused) return verdict.code;
  // The simulated disk remembers what is not synced; the machine's own need not wait.
  f.disk->note_sync(*f.path);
  return SQLITE_OK;
}
int disk_file_size(sqlite3_file* file, sqlite3_int64* size) {
  return mine(file).real->pMethods->xFileSize(mine(file).real, size);
}
int disk_lock(sqlite3_file* file, int level) {
  return mine(file).real->pMethods->xLock(mine(file).real, level);
}
int disk_unlock(sqlite3_file* file, int level) {
  return mine(file).real->pMethods->xUnlock(mine(file).real, level);
}
int disk_check_lock(sqlite3_file* file, int* taken) {
  return mine(file).real->pMethods->xCheckReservedLock(mine(file).real, taken);
}
int disk_control(sqlite3_file* file, int what, void* argument) {
  return mine(file).real->pMethods->xFileControl(mine(file).real, what, argument);
}
int disk_sector(sqlite3_file* file) {
  return mine(file).real->pMethods->xSectorSize(mine(file).real);
}
int disk_device(sqlite3_file* file) {
  return mine(file).real->pMethods->xDeviceCharacteristics(mine(file).real);
}
int disk_shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return mine(file).real->pMethods->xShmMap(mine(file).real, page, size, extend, out);
}
int disk_shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return mine(file).real->pMethods->xShmLock(mine(file).real, offset, count, flags);
}
void disk_shm_barrier(sqlite3_file* file) {
  mine(file).real->pMethods->xShmBarrier(mine(file).real);
}
int disk_shm_unmap(sqlite3_file* file, int remove) {
  // A killed program removes nothing.
  const int kept = mine(file).disk->act(false).refused ? 0 : remove;
  return mine(file).real->pMethods->xShmUnmap(mine(file).real, kept);
}

// Version 2: no memory mapping of the database itself, whose writes nobody would see.
const sqlite3_io_methods kMethods = {2,
                                     disk_close,
                                     disk_read,
                                     disk_write,
                                     disk_truncate,
                                     disk_sync,
                                     disk_file_size,
                                     disk_lock,
                                     disk_unlock,
                                     disk_check_lock,
                                     disk_control,
                                     disk_sector,
                                     disk_device,
                                     disk_shm_map,
                                     disk_shm_lock,
                                     disk_shm_barrier,
                                     disk_shm_unmap,
                                     nullptr,
                                     nullptr};

sqlite3_vfs* real_vfs(sqlite3_vfs* vfs) {
  return static_cast<sqlite3_vfs*>(vfs->pAppData);
}

int vfs_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  sqlite3_vfs* real = real_vfs(vfs);
  SoakDisk* disk = SoakDisk::current();
  // Untouched threads get the system's own file in our place.
  if (disk == nullptr || name == nullptr) return real->xOpen(real, name, file, flags, out);
  DiskFile& f = mine(file);
  f.base.pMethods = nullptr;
  f.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(DiskFile));
  f.real->pMethods = nullptr;
  if ((flags & SQLITE_OPEN_CREATE) != 0) {
    const bool there = ::access(name, F_OK) == 0;
    if (!there)
      if (const auto verdict = disk->act(true); verdict.refused)
        return verdict.code == SQLITE_FULL ? SQLITE_FULL : SQLITE_CANTOPEN;
  }
  const int code = real->xOpen(real, name, f.real, flags, out);
  if (code != SQLITE_OK) return code;
  f.disk = disk;
  f.path = new (std::nothrow) std::string(name);
  PC_ASSERT(f.path != nullptr);
  f.base.pMethods = &kMethods;
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  sqlite3_vfs* real = real_vfs(vfs);
  if (SoakDisk* disk = SoakDisk::current()) {
    if (const auto verdict = disk->act(false); verdict.refused) return SQLITE_IOERR_DELETE;
    disk->note_gone(name);
    return real->xDelete(real, name, 0);
  }
  return real->xDelete(real, name, sync_folder);
}
int vfs_access(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
  return real_vfs(vfs)->xAccess(real_vfs(vfs), name, flags, out);
}
int vfs_full_path(sqlite3_vfs* vfs, const char* name, int bytes, char* out) {
  return real_vfs(vfs)->xFullPathname(real_vfs(vfs), name, bytes, out);
}
int vfs_random(sqlite3_vfs* vfs, int bytes, char* out) {
  // Salts of journals: the same in every run.
  if (SoakDisk::current() != nullptr) {
    std::memset(out, 0x5A, static_cast<std::size_t>(bytes));
    return bytes;
  }
  return real_vfs(vfs)->xRandomness(real_vfs(vfs), bytes, out);
}
int vfs_sleep(sqlite3_vfs* vfs, int us) {
  return real_vfs(vfs)->xSleep(real_vfs(vfs), us);
}
int vfs_time(sqlite3_vfs* vfs, double* out) {
  return real_vfs(vfs)->xCurrentTime(real_vfs(vfs), out);
}
int vfs_last_error(sqlite3_vfs* vfs, int bytes, char* out) {
  return real_vfs(vfs)->xGetLastError(real_vfs(vfs), bytes, out);
}
int vfs_time64(sqlite3_vfs* vfs, sqlite3_int64* out) {
  return real_vfs(vfs)->xCurrentTimeInt64(real_vfs(vfs), out);
}

int register_vfs() {
  sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
  if (real == nullptr) return SQLITE_ERROR;
  static sqlite3_vfs vfs;  // NOLINT: SQLite keeps it as long as the program lives
  vfs = {};
  vfs.iVersion = 2;
  vfs.szOsFile = static_cast<int>(sizeof(DiskFile)) + real->szOsFile;
  vfs.mxPathname = real->mxPathname;
  vfs.zName = "portcullis-soak";
  vfs.pAppData = real;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  vfs.xFullPathname = vfs_full_path;
  vfs.xRandomness = vfs_random;
  vfs.xSleep = vfs_sleep;
  vfs.xCurrentTime = vfs_time;
  vfs.xGetLastError = vfs_last_error;
  vfs.xCurrentTimeInt64 = vfs_time64;
  return sqlite3_vfs_register(&vfs, 1);
}

}  // namespace

SoakDisk::SoakDisk() {
  PC_ASSERT(t_disk == nullptr);
  t_disk = this;
}
SoakDisk::~SoakDisk() {
  t_disk = nullptr;
}
SoakDisk* SoakDisk::current() noexcept {
  return t_disk;
}

core::Status SoakDisk::install() {
  static const int code = register_vfs();
  if (code == SQLITE_OK) return {};
  return core::Error{core::ErrorCode::kInternal,
                     fmt::format("simulated disk: SQLite refuses it: {}", sqlite3_errstr(code))};
}

SoakDisk::Verdict SoakDisk::act(bool writes) {
  if (dead_) return {true, SQLITE_IOERR};
  const std::uint64_t number = acts_++;
  switch (at_act_) {
    case AtAct::kNever:
      break;
    case AtAct::kFailsOnce:
      if (number == act_) return {true, writes ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC};
      break;
    case AtAct::kFailsFromThere:
      if (number >= act_) return {true, writes ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC};
      break;
    case AtAct::kDies:
      if (number < act_) break;
      dead_ = true;
      return {true, SQLITE_IOERR};
  }
  if (failing_) return {true, writes ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC};
  if (full_ && writes) return {true, SQLITE_FULL};
  return {};
}

void SoakDisk::note_write(const std::string& path, sqlite3_file* real, std::int64_t offset,
                          int bytes) {
  Undo undo;
  undo.offset = offset;
  sqlite3_int64 size = 0;
  if (real->pMethods->xFileSize(real, &size) != SQLITE_OK) size = 0;
  undo.size_before = size;
  if (offset < size) {
    const auto there = std::min<std::int64_t>(bytes, size - offset);
    undo.bytes.resize(static_cast<std::size_t>(there));
    static_cast<void>(
        real->pMethods->xRead(real, undo.bytes.data(), static_cast<int>(there), offset));
  }
  unsynced_[path].push_back(std::move(undo));
}

void SoakDisk::note_truncate(const std::string& path, sqlite3_file* real, std::int64_t size) {
  sqlite3_int64 before = 0;
  if (real->pMethods->xFileSize(real, &before) != SQLITE_OK || before <= size) return;
  note_write(path, real, size, static_cast<int>(before - size));
}

void SoakDisk::note_sync(const std::string& path) {
  unsynced_.erase(path);
}
void SoakDisk::note_gone(const std::string& path) {
  unsynced_.erase(path);
}

core::Status SoakDisk::lose_power(std::uint64_t seed) {
  Draws draws(seed, 17);
  for (const auto& [path, undos] : unsynced_) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) continue;  // it was removed since
    const std::size_t kept = seed == 0 || draws.chance(0.5)
                                 ? 0
                                 : static_cast<std::size_t>(draws.below(undos.size() + 1));
    bool good = true;
    for (std::size_t i = undos.size(); i > kept; --i) {
      const Undo& undo = undos[i - 1];
      const auto size = static_cast<ssize_t>(undo.bytes.size());
      if (size > 0)
        good = ::pwrite(file, undo.bytes.data(), undo.bytes.size(), undo.offset) == size && good;
      good = ::ftruncate(file, undo.size_before) == 0 && good;
    }
    ::close(file);
    if (!good)
      return core::Error{core::ErrorCode::kIo,
                         fmt::format("{}: the simulated loss of power failed", path)};
  }
  unsynced_.clear();
  return {};
}

}  // namespace portcullis::proving
