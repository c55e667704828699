// Limits of one x86-64 core: clock, FP32 multiply-add rate, and load bandwidth by size of the data.
// Needs AVX2 and FMA; the rows of 512-bit vectors appear only when the compiler may use AVX-512.
// usage: limits      (rows to stdout, notes to stderr)
#define _GNU_SOURCE
#include "bench.h"
#include <string.h>

#if !defined(__AVX2__) || !defined(__FMA__)
#error "limits.c needs AVX2 and FMA: build with -march=native on such a machine"
#endif

enum { SAMPLES = 31 };

static double samples[SAMPLES];

// These are rates: "min" is the worst sample and the extra key "max" the best one. What does not apply is 0 and left out.
static void report(const char *task, int vectors, int kibibytes, const char *unit) {
    char details[64] = "";
    if (vectors) snprintf(details, sizeof details, "\"vectors\":%d,", vectors);
    if (kibibytes) {
        size_t length = strlen(details);
        snprintf(details + length, sizeof details - length, "\"kibibytes\":%d,", kibibytes);
    }
    sort_samples(samples, SAMPLES);
    printf("{\"peer\":\"machine\",\"task\":\"%s\",%s\"unit\":\"%s\",\"median\":%.6g,\"min\":%.6g,\"max\":%.6g}\n",
           task, details, unit, samples[SAMPLES / 2], samples[0], samples[SAMPLES - 1]);
    fflush(stdout);
    fprintf(stderr, "machine %-10s %s median %8.2f max %8.2f %s\n",
            task, details, samples[SAMPLES / 2], samples[SAMPLES - 1], unit);
}

// A chain in which each instruction waits for the one before it: six multiplications of three cycles each. Additions would
// not do, as some processors add constants while they rename registers.
static double clock_ghz(long turns) {
    unsigned long x = 1;
    double start = now_seconds();
    for (long i = 0; i < turns; i++) {
        __asm__ volatile("imul %0,%0\n imul %0,%0\n imul %0,%0\n imul %0,%0\n imul %0,%0\n imul %0,%0" : "+r"(x));
    }
    return (double)turns * 18.0 / (now_seconds() - start) * 1e-9;
}

// Twelve independent sums, a = a * factor + term, cover latency x ports. The loop is in assembly, so that the sums stay in
// registers whatever the compiler thinks.
#define SET(width, n) "vmovaps %%" width "12,%%" width #n "\n"
#define ADD(width, n) "vfmadd132ps %%" width "13,%%" width "12,%%" width #n "\n"
#define TWELVE(what, width)                                                                                       \
    what(width, 0) what(width, 1) what(width, 2) what(width, 3) what(width, 4) what(width, 5)                     \
    what(width, 6) what(width, 7) what(width, 8) what(width, 9) what(width, 10) what(width, 11)
#define FMA_LOOP(width, turns)                                                                                    \
    __asm__ volatile("vbroadcastss %1,%%" width "13\n vbroadcastss %2,%%" width "12\n" TWELVE(SET, width)         \
                     "1:\n" TWELVE(ADD, width) "dec %0\n jnz 1b"                                                  \
                     : "+r"(turns)                                                                                \
                     : "m"(factor), "m"(term)                                                                     \
                     : "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",      \
                       "xmm10", "xmm11", "xmm12", "xmm13")

static const float factor = 0.999f, term = 0.001f;

static double gflops(long turns, int lanes, double seconds) { return (double)turns * 12 * lanes * 2 / seconds * 1e-9; }

static double fma_avx2_gflops(long turns) {
    long left = turns;
    double start = now_seconds();
    FMA_LOOP("ymm", left);
    return gflops(turns, 8, now_seconds() - start);
}

// Eight loads of one vector each per turn; the values are thrown away.
static double load_avx2_gbytes(const char *data, size_t bytes, long passes) {
    double start = now_seconds();
    for (long pass = 0; pass < passes; pass++) {
        for (size_t i = 0; i < bytes; i += 8 * 32) {
            __asm__ volatile(
                "vmovaps (%0),%%ymm0\n    vmovaps 32(%0),%%ymm1\n"
                "vmovaps 64(%0),%%ymm2\n  vmovaps 96(%0),%%ymm3\n"
                "vmovaps 128(%0),%%ymm4\n vmovaps 160(%0),%%ymm5\n"
                "vmovaps 192(%0),%%ymm6\n vmovaps 224(%0),%%ymm7"
                :
                : "r"(data + i)
                : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "memory");
        }
    }
    return (double)bytes * (double)passes / (now_seconds() - start) * 1e-9;
}

#ifdef __AVX512F__
static double fma_avx512_gflops(long turns) {
    long left = turns;
    double start = now_seconds();
    FMA_LOOP("zmm", left);
    return gflops(turns, 16, now_seconds() - start);
}

static double load_avx512_gbytes(const char *data, size_t bytes, long passes) {
    double start = now_seconds();
    for (long pass = 0; pass < passes; pass++) {
        for (size_t i = 0; i < bytes; i += 8 * 64) {
            __asm__ volatile(
                "vmovaps (%0),%%zmm0\n    vmovaps 64(%0),%%zmm1\n"
                "vmovaps 128(%0),%%zmm2\n vmovaps 192(%0),%%zmm3\n"
                "vmovaps 256(%0),%%zmm4\n vmovaps 320(%0),%%zmm5\n"
                "vmovaps 384(%0),%%zmm6\n vmovaps 448(%0),%%zmm7"
                :
                : "r"(data + i)
                : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "memory");
        }
    }
    return (double)bytes * (double)passes / (now_seconds() - start) * 1e-9;
}
#endif

int main(void) {
    const size_t largest = (size_t)8 << 20;
    char *data = aligned_alloc(4096, largest);
    if (!data) return 1;
    for (size_t i = 0; i < largest; i++) data[i] = 1;

    fma_avx2_gflops(20000000);  // let the clock settle

    for (int i = 0; i < SAMPLES; i++) samples[i] = clock_ghz(1000000);
    report("core_clock", 0, 0, "GHz");
    for (int i = 0; i < SAMPLES; i++) samples[i] = fma_avx2_gflops(2000000);
    report("fma_f32", 256, 0, "GFLOP/s");
#ifdef __AVX512F__
    for (int i = 0; i < SAMPLES; i++) samples[i] = fma_avx512_gflops(2000000);
    report("fma_f32", 512, 0, "GFLOP/s");
#endif

    const int kibibytes[] = {16, 32, 56, 72, 208, 272, 800, 1040, 8192};  // just above the weights of the tasks
    for (size_t k = 0; k < sizeof kibibytes / sizeof *kibibytes; k++) {
        size_t bytes = (size_t)kibibytes[k] << 10;
        long passes = (long)(((size_t)256 << 20) / bytes);

        for (int i = 0; i < SAMPLES; i++) samples[i] = load_avx2_gbytes(data, bytes, passes);
        report("load", 256, kibibytes[k], "GB/s");
#ifdef __AVX512F__
        for (int i = 0; i < SAMPLES; i++) samples[i] = load_avx512_gbytes(data, bytes, passes);
        report("load", 512, kibibytes[k], "GB/s");
#endif
    }
    free(data);
    return 0;
}
