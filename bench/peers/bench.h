// Shared by the C and C++ programs: clock, sorting of samples, and the JSON row.
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double now_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static inline void sort_samples(double *samples, int count) {
    qsort(samples, (size_t)count, sizeof *samples, compare_doubles);
}

// A row, as bench/README.md describes them.
static inline void print_row(const char *peer, const char *task, const char *cell, int hidden,
                             const char *unit, double median, double min) {
    printf("{\"peer\":\"%s\",\"task\":\"%s\",\"cell\":\"%s\",\"hidden\":%d,"
           "\"unit\":\"%s\",\"median\":%.6g,\"min\":%.6g}\n",
           peer, task, cell, hidden, unit, median, min);
    fflush(stdout);
}
