/* What the files of the stand-in runtime share. */
#include <stddef.h>
#include <stdint.h>

/* The first words of what describes a type. */
typedef struct {
  uint16_t component_size, flags;
  uint32_t base_size;
} MethodTable;

typedef struct {
  MethodTable *type;
} Object;

typedef struct {
  MethodTable *type;
  uint32_t length;
} Array;

/* Has to come before any managed code. */
void runtime_start(void);

/* Ends the program with a message. */
void stop(const char *what, const char *name) __attribute__((noreturn));
