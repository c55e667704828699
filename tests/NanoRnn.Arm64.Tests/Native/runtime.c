/* Stands in for NativeAOT's runtime where compiled code of one thread is run to its end: memory is never freed, no thread is started, and an
   exception ends the program with a message. For tests only. What is missing here and in dispatch.c is an aborting stub, which the tests
   generate from the object file's undefined symbols. */
#include "runtime.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int RhpTrapThreads = 0; /* a collection waits for this thread: never */
int g_cpuFeatures = 0;  /* instructions beyond ARMv8.0 that the processor has: none */
unsigned long __security_cookie = 0x5bd1e995deadbeefUL;

void stop(const char *what, const char *name) {
  fprintf(stderr, "%s: %s\n", what, name);
  exit(70);
}

/* ---- from managed code to native code and back */
void RhpReversePInvoke(void *frame) { (void)frame; }
void RhpReversePInvokeReturn(void *frame) { (void)frame; }
void RhpPInvoke(void *frame) { (void)frame; }
void RhpPInvokeReturn(void *frame) { (void)frame; }
void RhpGcPoll(void) {}

/* ---- objects: the word before an object is its header, and counts among its bytes */
static void *reserve(size_t bytes) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) stop("out of memory", "mmap");
  return memory;
}

static char *allocate(size_t bytes) {
  static const size_t heap_size = (size_t)16 << 30; /* pages that nobody touches cost nothing */
  static char *heap;
  static size_t used;
  if (!heap) heap = reserve(heap_size);
  bytes = (bytes + 15) & ~(size_t)15;
  if (bytes > heap_size - used) stop("out of memory", "the heap of the tests");
  char *object = heap + used + sizeof(void *);
  used += bytes;
  return object;
}

void *RhpNewFast(MethodTable *type) {
  Object *object = (Object *)allocate(type->base_size);
  object->type = type;
  return object;
}
void *RhpNewFinalizable(MethodTable *type) { return RhpNewFast(type); }
void *RhpNewArray(MethodTable *type, int64_t length) {
  if (length < 0 || length > INT32_MAX) stop("managed exception", "length of an array");
  Array *array = (Array *)allocate(type->base_size + (size_t)length * type->component_size);
  array->type = type;
  array->length = (uint32_t)length;
  return array;
}
void *RhNewString(MethodTable *type, int64_t length) { return RhpNewArray(type, length); }
void RhAllocateNewObject(MethodTable *type, uint32_t flags, void **result) {
  (void)flags;
  *result = RhpNewFast(type);
}
void RhAllocateNewArray(MethodTable *type, uint32_t length, uint32_t flags, void **result) {
  (void)flags;
  *result = RhpNewArray(type, length);
}
void RhSuppressFinalize(void *object) { (void)object; }
int RhGetGeneration(void *object) {
  (void)object;
  return 0;
}

/* Handles: nothing moves or dies, so that a weak one is like any other. */
void *RhpHandleAllocDependent(void *object, void *dependent) {
  void **handle = (void **)malloc(2 * sizeof(void *));
  handle[0] = object;
  handle[1] = dependent;
  return handle;
}
void *RhpHandleAlloc(void *object, int kind) {
  (void)kind;
  return RhpHandleAllocDependent(object, NULL);
}

void RhHandleSet(void **handle, void *object) { *handle = object; }
void RhHandleFree(void **handle) { free(handle); }
void *RhHandleGetDependent(void **handle, void **dependent) {
  *dependent = handle[0] ? handle[1] : NULL;
  return handle[0];
}

/* ---- memory; references are stored with registers of their own: x13, x14, x15 */
void RhBulkMoveWithWriteBarrier(void *to, void *from, size_t bytes) { memmove(to, from, bytes); }
void RhpGcSafeZeroMemory(void *memory, size_t bytes) { memset(memory, 0, bytes); }
__asm__(
    ".text\n"
    ".global RhpAssignRefArm64, RhpCheckedAssignRefArm64, RhpByRefAssignRefArm64, RhpAssignRef, RhpCheckedAssignRef\n"
    "RhpAssignRefArm64:\n"
    "RhpCheckedAssignRefArm64:\n"
    "  str x15, [x14], #8\n"
    "  ret\n"
    "RhpByRefAssignRefArm64:\n"
    "  ldr x15, [x13], #8\n"
    "  str x15, [x14], #8\n"
    "  ret\n"
    "RhpAssignRef:\n"
    "RhpCheckedAssignRef:\n"
    "  str x1, [x0]\n"
    "  ret\n");
int RhpCheckedLockCmpXchg32(int *place, int value, int comparand) {
  int old = *place;
  if (old == comparand) *place = value;
  return old;
}
void *RhpCheckedLockCmpXchg(void **place, void *value, void *comparand) {
  void *old = *place;
  if (old == comparand) *place = value;
  return old;
}
void *RhpCheckedXchg(void **place, void *value) {
  void *old = *place;
  *place = value;
  return old;
}

/* Types that are made while the program runs: nobody asks where their references are. */
int RhGetGCDescSize(MethodTable *type) {
  (void)type;
  return 0;
}

/* ---- exceptions */
void RhpThrowEx(Object *exception) {
  fprintf(stderr, "managed exception: method table %p\n", exception ? (void *)exception->type : NULL);
  exit(70);
}

/* ---- start: the bases of statics, statics that the compiler has computed, and the class library */
typedef struct {
  uint32_t signature;
  uint16_t major, minor;
  uint32_t flags;
  uint16_t sections;
  uint8_t entry_size, entry_type;
} ModuleHeader;
typedef struct {
  int32_t id, has_end;
  char *start, *end;
} ModuleSection;
extern ModuleHeader __ReadyToRunHeader;
extern void InitializeModules(void *module, void **headers, int count, void **functions, int function_count);
extern void __managed__Startup(void);
void *RhpRegisterOsModule(void *module) { return module; }
void *RhpCreateTypeManager(void *module, ModuleHeader *header, void **functions, int count) {
  (void)module, (void)functions, (void)count;
  return header;
}
void *RhpGetModuleSection(ModuleHeader **manager, int id, int *length) {
  ModuleSection *sections = (ModuleSection *)(*manager + 1);
  for (int i = 0; i < (*manager)->sections; i++) {
    if (sections[i].id != id) continue;
    *length = sections[i].has_end & 1 ? (int)(sections[i].end - sections[i].start) : (int)sizeof(void *);
    return sections[i].start;
  }
  *length = 0;
  return NULL;
}
int RhFindBlob(ModuleHeader **manager, uint32_t blob, void **start, int *length) {
  static const int first_blob = 300;
  *start = RhpGetModuleSection(manager, first_blob + (int)blob, length);
  return *start != NULL;
}
void *RhRegisterFrozenSegment(void *start, size_t allocated, size_t committed, size_t reserved) {
  (void)allocated, (void)committed, (void)reserved;
  return start;
}
void RhUpdateFrozenSegment(void *segment, void *allocated, void *committed) { (void)segment, (void)allocated, (void)committed; }
void RhRegisterInlinedThreadStaticRoot(void *root, void *manager) { (void)root, (void)manager; }
void runtime_start(void) {
  static void *functions[64];
  void *header = &__ReadyToRunHeader;
  InitializeModules(header, &header, 1, functions, 0);
  __managed__Startup();
}

/* ---- the little of the operating system that the class library asks for */
uint64_t RhCurrentOSThreadId(void) { return 1; }
void RhSetThreadExitCallback(void *callback) { (void)callback; }
int RhGetProcessCpuCount(void) { return 1; }
uint32_t RhGetKnobValues(void ***names, void ***values) {
  *names = *values = NULL;
  return 0;
}
void RhYield(void) {}
void RhSpinWait(int turns) { (void)turns; }
uint64_t RhpGetTickCount64(void) { return 0; }
int SystemNative_GetErrNo(void) { return errno; }
void SystemNative_SetErrNo(int error) { errno = error; }
void *SystemNative_Malloc(size_t bytes) { return malloc(bytes); }
void *SystemNative_Calloc(size_t count, size_t bytes) { return calloc(count, bytes); }
void SystemNative_Free(void *memory) { free(memory); }
void *SystemNative_MMap(void *wish, uint64_t bytes, int protection, int flags, intptr_t file, int64_t offset) {
  (void)wish, (void)protection, (void)flags, (void)offset;
  if (file != -1) stop("unexpected", "mapping of a file");
  return reserve(bytes);
}
int SystemNative_MProtect(void *memory, uint64_t bytes, int protection) {
  (void)memory, (void)bytes, (void)protection;
  return 0;
}
void *SystemNative_LowLevelMonitor_Create(void) { return malloc(sizeof(void *)); }
void SystemNative_LowLevelMonitor_Acquire(void *monitor) { (void)monitor; }
void SystemNative_LowLevelMonitor_Release(void *monitor) { (void)monitor; }
char *SystemNative_GetEnv(const char *name) { return getenv(name); }
void SystemNative_GetNonCryptographicallySecureRandomBytes(uint8_t *bytes, int count) { memset(bytes, 1, (size_t)count); }
void SystemNative_Exit(int status) { exit(status); }
void SystemNative_Abort(void) { abort(); }
int SystemNative_SchedGetCpu(void) { return 0; }
