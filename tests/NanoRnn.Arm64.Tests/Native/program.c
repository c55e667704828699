/* Prints the digests of the library's test models. */
#include <stdio.h>

#include "runtime.h"

void write_digests(void (*write_line)(const uint16_t *text, int length));

static void write_line(const uint16_t *text, int length) {
  for (int i = 0; i < length; i++) putchar(text[i]);
  putchar('\n');
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0); /* so that the last line before an end is seen */
  runtime_start();
  write_digests(write_line);
  return 0;
}
