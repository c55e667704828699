/* Calls through interfaces. The compiler makes a cell for every place of such a call: the address that is called, and what it is a call of.
   The real runtime puts a cache there; here every call is looked up. */
#include "runtime.h"

#include <stdlib.h>

typedef struct {
  void *target;
  uintptr_t interface;
} DispatchCell;

extern void *RhResolveDispatch(Object *object, MethodTable *interface, uint16_t slot);

extern void RhpInitialDynamicInterfaceDispatch(void);

enum { kind_mask = 3, absolute = 1, indirect_relative = 2, relative = 3 };

/* A run of cells ends with one that has no target but the number of the method in the interface, which all of them share. */
void *resolve_interface_call(Object *object, DispatchCell *cell) {
  const DispatchCell *last = cell;
  while (last->target) last++;
  if (last->interface >> 16) stop("unexpected", "kind of an interface call");

  char *place = (char *)&cell->interface + (int32_t)cell->interface;
  MethodTable **interface = (MethodTable **)((uintptr_t)place & ~(uintptr_t)kind_mask);
  switch (cell->interface & kind_mask) {
    case absolute:
      return RhResolveDispatch(object, (MethodTable *)(cell->interface & ~(uintptr_t)kind_mask), (uint16_t)last->interface);
    case relative:
      return RhResolveDispatch(object, (MethodTable *)interface, (uint16_t)last->interface);
    case indirect_relative:
      return RhResolveDispatch(object, *interface, (uint16_t)last->interface);
    default:
      stop("unexpected", "interface of an interface call");
  }
}

/* A cell for code whose types are made while the program runs. */
DispatchCell *RhNewInterfaceDispatchCell(MethodTable *interface, int slot) {
  DispatchCell *cells = malloc(2 * sizeof(DispatchCell));
  cells[0] = (DispatchCell){(void *)RhpInitialDynamicInterfaceDispatch, (uintptr_t)interface | absolute};
  cells[1] = (DispatchCell){NULL, (uintptr_t)slot};
  return cells;
}

/* The call's arguments stay as they are: x0 to x8 and v0 to v7. x11 is the cell. */
__asm__(
    ".text\n"
    ".global RhpInitialDynamicInterfaceDispatch\n"
    "RhpInitialDynamicInterfaceDispatch:\n"
    "  stp x29, x30, [sp, #-224]!\n"
    "  mov x29, sp\n"
    "  stp x0, x1, [sp, #16]\n"
    "  stp x2, x3, [sp, #32]\n"
    "  stp x4, x5, [sp, #48]\n"
    "  stp x6, x7, [sp, #64]\n"
    "  str x8, [sp, #80]\n"
    "  stp q0, q1, [sp, #96]\n"
    "  stp q2, q3, [sp, #128]\n"
    "  stp q4, q5, [sp, #160]\n"
    "  stp q6, q7, [sp, #192]\n"
    "  mov x1, x11\n"
    "  bl resolve_interface_call\n"
    "  mov x16, x0\n"
    "  ldp x0, x1, [sp, #16]\n"
    "  ldp x2, x3, [sp, #32]\n"
    "  ldp x4, x5, [sp, #48]\n"
    "  ldp x6, x7, [sp, #64]\n"
    "  ldr x8, [sp, #80]\n"
    "  ldp q0, q1, [sp, #96]\n"
    "  ldp q2, q3, [sp, #128]\n"
    "  ldp q4, q5, [sp, #160]\n"
    "  ldp q6, q7, [sp, #192]\n"
    "  ldp x29, x30, [sp], #224\n"
    "  br x16\n");
