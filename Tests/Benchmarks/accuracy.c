/*
 * How exact products are: the definition of Documentation/arithmetic.md (pieces of 256), one chain, and OpenBLAS, beside double.
 *
 *     cc -O2 -mfma -ffp-contract=off accuracy.c -o accuracy -lopenblas -lm && ./accuracy
 *
 * Prints the root mean square error of the values of a product [16, k] [k, 64], over sqrt(k) for normal numbers and over the sum
 * itself for their magnitudes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

extern void cblas_sgemm(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int);
extern void openblas_set_num_threads(int);

enum { M = 16, N = 64, ROW_MAJOR = 101, AS_IT_IS = 111 };

static float normal(void) {
    double u = (rand() + 1.0) / (RAND_MAX + 2.0), v = rand() / (double)RAND_MAX;
    return (float)(sqrt(-2 * log(u)) * cos(6.283185307179586 * v));
}

static void measure(int k, int magnitudes) {
    float *a = malloc(sizeof(float) * M * k), *b = malloc(sizeof(float) * k * N), *c = malloc(sizeof(float) * M * N);
    for (long i = 0; i < (long)M * k; i++) a[i] = magnitudes ? fabsf(normal()) : normal();
    for (long i = 0; i < (long)k * N; i++) b[i] = magnitudes ? fabsf(normal()) : normal();
    cblas_sgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, M, N, k, 1, a, k, b, N, 0, c, N);
    double library = 0, pieces = 0, chain = 0;
    for (int i = 0; i < M; i++) {
        for (int j = 0; j < N; j++) {
            double exact = 0;
            float one = 0, value = 0;
            for (int start = 0; start < k; start += 256) {
                float piece = 0;
                for (int l = start; l < k && l < start + 256; l++) {
                    float x = a[(long)i * k + l], y = b[(long)l * N + j];
                    piece = fmaf(x, y, piece);
                    one = fmaf(x, y, one);
                    exact += (double)x * y;
                }
                value = start == 0 ? piece : value + piece;
            }
            double scale = magnitudes ? exact : sqrt(k);
            library += pow((c[i * N + j] - exact) / scale, 2);
            pieces += pow((value - exact) / scale, 2);
            chain += pow((one - exact) / scale, 2);
        }
    }
    printf("k %6d, %s: OpenBLAS %.2e, pieces %.2e, one chain %.2e\n", k, magnitudes ? "magnitudes" : "normal    ",
           sqrt(library / (M * N)), sqrt(pieces / (M * N)), sqrt(chain / (M * N)));
    free(a), free(b), free(c);
}

int main(void) {
    const int extents[] = {128, 256, 512, 784, 1024, 2048, 4096, 6272, 25088, 100352};
    openblas_set_num_threads(1);
    for (int number = 0; number < 10; number++)
        for (int magnitudes = 0; magnitudes < 2; magnitudes++) measure(extents[number], magnitudes);
    return 0;
}
