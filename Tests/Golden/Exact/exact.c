/*
 * exact: two runs of gan-exp repeated from its pages alone, to the last bit.
 *
 *     cc -std=c99 -O3 -march=native -ffp-contract=off -Wall -Wextra exact.c -lm -o exact
 *     ./exact mlp DATA_FOLDER              metrics.csv of mlp-mnist with 200 steps, a row every 10
 *     ./exact convolutions DATA_FOLDER     metrics.csv of convolutions
 *
 * DATA_FOLDER holds MNIST's raw files. Titles of parts are sections of arithmetic.md, in whose order everything is computed,
 * by plain loops over float with fmaf; other pages are named.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE__
#include <xmmintrin.h>
#endif

enum { MAX_OPERATIONS = 24, MAX_PARAMETERS = 16, MAX_HELD = 4096, PIXELS = 784, METRICS = 11 };

static void fail(const char *message) {
    fprintf(stderr, "exact: %s\n", message);
    exit(1);
}

/* Zeroed memory that lasts until the step ends, or for ever if it is there before the first step. */
static void *held[MAX_HELD];
static int holding;

static float *floats(int count) {
    if (holding == MAX_HELD || !(held[holding] = calloc((size_t)count + 1, sizeof(float)))) fail("out of memory");
    return held[holding++];
}

static void release(int all_but) { while (holding > all_but) free(held[--holding]); }
static int lesser(int a, int b) { return a < b ? a : b; }

/* ---- Numbers ---------------------------------------------------------------------------------------------------- */
/* In a step tiny operands and results count as zeros: the bits FTZ and DAZ of MXCSR. */
static void flush_tiny_numbers(void) {
#ifdef __SSE__
    _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}

static float inv(int n) { return 1.0f / (float)n; }
typedef union { float value; uint32_t word; } Float;
static uint32_t bits(float x) { return ((Float){.value = x}).word; }
static float from_bits(uint32_t word) { return ((Float){.word = word}).value; }

/* ---- Functions -------------------------------------------------------------------------------------------------- */
static const float R = 12582912.0f;
/* n(S); x >> places, rounded down; 2^exponent. */
static int32_t nearest(float s) { return (int32_t)(bits(s) - 0x4b400000u); }
static int32_t shifted(int32_t x, int places) { return x >= 0 ? x >> places : ~(~x >> places); }
static float power_of_two(int32_t exponent) { return from_bits((uint32_t)(exponent + 127) << 23); }

/* H(x; a, b, c ...). */
static float horner(float x, const float *coefficients, int count) {
    float p = coefficients[0];
    for (int i = 1; i < count; i++) p = fmaf(p, x, coefficients[i]);
    return p;
}

static float exp_of(float x) {
    static const float h[] = {0.00019891080463980488f, 0.0013933730715792083f, 0.008333310844647862f,
                              0.04166646419740569f,    0.16666666681704215f,   0.500000001353873f};
    float c = x > 89.0f ? 89.0f : x < -104.0f ? -104.0f : x;
    float s = fmaf(c, 1.44269504f, R), k = s - R;
    float r = fmaf(k, 2.1219444e-4f, fmaf(k, -0.693359375f, c));
    float v = fmaf(r * r, horner(r, h, 6), r) + 1.0f;
    int32_t n = nearest(s), half = shifted(n, 1);
    return v * power_of_two(half) * power_of_two(n - half);
}

/* For x above 0 and below infinity: no other reaches a logarithm here. */
static float log_of(float x) {
    static const float h[] = {0.06971611471451182f, -0.11479733846637635f, 0.11685419923486724f, -0.12425687331451106f,
                              0.142490576456974f,   -0.16667802319501254f, 0.200007157488921f,   -0.24999996957950882f,
                              0.33333331180030046f};
    int32_t i = (int32_t)(bits(x) - 0x3f3504f3u);
    float e = (float)shifted(i, 23);
    float f = from_bits(((uint32_t)i & 0x7fffffu) + 0x3f3504f3u) - 1.0f, q = f * f;
    float t = q * f * horner(f, h, 9);
    t = fmaf(e, -2.1219444e-4f, t);
    t = fmaf(q, -0.5f, t);
    return fmaf(e, 0.693359375f, f + t);
}

static float tanh_of(float x) {
    static const float h[] = {-0.006096714165908197f, 0.020997178999074752f, -0.05385090957851358f, 0.13332769736976327f,
                              -0.33333328944134255f};
    float a = fabsf(x), s = x * x;
    if (a < 0.625f) return fmaf(s * x, horner(s, h, 5), x);
    float y = 1.0f - 2.0f / (exp_of(a + a) + 1.0f);
    return x < 0.0f ? -y : y;
}

static float sigmoid(float x) {
    float e = exp_of(-fabsf(x)), d = 1.0f + e;
    return x < 0.0f ? e / d : 1.0f / d;
}

static float softplus(float x) {
    float t = exp_of(-fabsf(x)), u = 1.0f + t;
    float l = u == 1.0f ? t : log_of(u) * t / (u - 1.0f);
    return (x > 0.0f ? x : 0.0f) + l;
}

/* turn(v): sine and cosine of 2 pi v. */
static void turn(float v, float *sine, float *cosine) {
    static const float hs[] = {0.00015820630355647733f, -0.004681266256726245f, 0.07969258272563062f, -0.6459640961467954f,
                               1.5707963267881f};
    static const float hc[] = {0.0009036280663802504f, -0.02086006950026408f, 0.2536692036551135f, -1.2337005406331623f,
                               0.9999999999524894f};
    float y = v * 4.0f, moved = y + R, t = y - (moved - R), s = t * t;
    float a = horner(s, hs, 5) * t, b = horner(s, hc, 5);
    int32_t n = nearest(moved);
    *sine = n & 1 ? b : a;
    *cosine = n & 1 ? a : b;
    if (n & 2) *sine = -*sine;
    if ((n + 1) & 2) *cosine = -*cosine;
}

/* ---- Draws: randomness.md --------------------------------------------------------------------------------------- */
typedef struct { uint32_t key[2], step, stream[2]; } Draw;
static Draw draw_of(int seed, const char *stream, int step) {
    uint64_t h = 0xcbf29ce484222325u;
    for (; *stream; stream++) h = (h ^ (unsigned char)*stream) * 0x100000001b3u;
    return (Draw){{(uint32_t)seed, 0}, (uint32_t)step, {(uint32_t)h, (uint32_t)(h >> 32)}};
}

/* Word i of a draw, by Philox 4x32-10. */
static uint32_t word(const Draw *draw, int i) {
    uint32_t c[4] = {(uint32_t)i / 4, draw->step, draw->stream[0], draw->stream[1]}, k0 = draw->key[0], k1 = draw->key[1];
    for (int round = 0; round < 10; round++, k0 += 0x9e3779b9u, k1 += 0xbb67ae85u) {
        uint64_t p = (uint64_t)0xd2511f53u * c[0], q = (uint64_t)0xcd9e8d57u * c[2];
        uint32_t next[4] = {(uint32_t)(q >> 32) ^ c[1] ^ k0, (uint32_t)q, (uint32_t)(p >> 32) ^ c[3] ^ k1, (uint32_t)p};
        memcpy(c, next, sizeof c);
    }
    return c[i % 4];
}

static float uniform(const Draw *draw, int i) { return ((float)(word(draw, i) >> 9) + 0.5f) * 0x1p-23f; }
static int index_below(const Draw *draw, int i, int n) { return (int)((uint64_t)word(draw, i) * (uint64_t)n >> 32); }

static void normals(const Draw *draw, float *out, int count) {
    for (int i = 0; i < count; i += 2) {
        float sine, cosine, r = sqrtf(log_of(uniform(draw, i)) * -2.0f);
        turn(uniform(draw, i + 1), &sine, &cosine);
        out[i] = r * cosine;
        if (i + 1 < count) out[i + 1] = r * sine;
    }
}

/* The permutation of 0 ... n - 1 of an epoch. */
static void permute(int *order, int seed, int epoch, int n) {
    Draw draw = draw_of(seed, "data/order", epoch);
    for (int i = 0; i < n; i++) order[i] = i;
    for (int j = n - 1; j > 0; j--) {
        int *other = order + index_below(&draw, n - 1 - j, j + 1), moved = order[j];
        order[j] = *other;
        *other = moved;
    }
}

/* ---- Products --------------------------------------------------------------------------------------------------- */
/* A matrix, or a transposed one: element (i, j) is value[i row + j column]. */
typedef struct { const float *value; int row, column; } Matrix;
static Matrix matrix(const float *value, int columns) { return (Matrix){value, columns, 1}; }
static Matrix transpose(const float *value, int columns) { return (Matrix){value, 1, columns}; }

/* out[m, n] = A B with the inner extent k: a chain of fma in each piece of 256 places, the first piece, the others added.
   Tiles of results, with their columns of B side by side, are for speed. */
static void product(float *out, int m, int n, int k, Matrix a, Matrix b) {
    enum { PIECE = 256, ROWS = 6, COLUMNS = 32 };
    static float side[PIECE][COLUMNS];
    for (int j = 0; j < n; j += COLUMNS)
        for (int l = 0; l < k; l += PIECE) {
            int columns = lesser(COLUMNS, n - j), inner = lesser(PIECE, k - l);
            for (int q = 0; q < inner; q++)
                for (int c = 0; c < columns; c++) side[q][c] = b.value[(l + q) * b.row + (j + c) * b.column];
            for (int i = 0; i < m; i += ROWS) {
                float sum[ROWS][COLUMNS] = {{0.0f}};
                const float *row[ROWS];
                for (int r = 0; r < ROWS; r++) row[r] = a.value + lesser(i + r, m - 1) * a.row + l * a.column;
                for (int q = 0; q < inner; q++)
                    for (int r = 0; r < ROWS; r++)
                        for (int c = 0; c < COLUMNS; c++) sum[r][c] = fmaf(row[r][q * a.column], side[q][c], sum[r][c]);
                for (int r = 0; r < lesser(ROWS, m - i); r++) {
                    float *to = out + (i + r) * n + j;
                    for (int c = 0; c < columns; c++) to[c] = l ? to[c] + sum[r][c] : sum[r][c];
                }
            }
        }
}

static void add(float *out, const float *x, int count) {
    for (int i = 0; i < count; i++) out[i] = out[i] + x[i];
}

/* ---- Convolutions ----------------------------------------------------------------------------------------------- */
/* x [N, size, size, channels], y [N, places, places, filters], kernels [width, width, channels, filters]. */
typedef struct { int size, channels, places, filters, width, stride, padding, taps, block; } Geometry;
/* Padding `same` (definitions.md); blocks of taps. */
static Geometry geometry_same(int size, int channels, int filters, int width, int stride) {
    int places = (size + stride - 1) / stride, over = (places - 1) * stride + width - size;
    int padding = over > 0 ? over / 2 : 0, taps = width * width, block = channels < 256 ? 256 / channels : 1;
    return (Geometry){size, channels, places, filters, width, stride, padding, taps, lesser(block, taps)};
}

static int all_places(const Geometry *g, int images) { return images * g->places * g->places; }

/* Where in x an output place of all images reads through a tap, or -1 outside of the image. */
static int input_place(const Geometry *g, int place, int tap) {
    int image = place / (g->places * g->places), a = place / g->places % g->places, b = place % g->places;
    int row = a * g->stride + tap / g->width - g->padding, column = b * g->stride + tap % g->width - g->padding;
    if (row < 0 || row >= g->size || column < 0 || column >= g->size) return -1;
    return ((image * g->size + row) * g->size + column) * g->channels;
}

/* What the output places read, zeros outside: [places, taps channels]. */
static float *gathered(const Geometry *g, const float *x, int images) {
    int reads = all_places(g, images) * g->taps, channels = g->channels;
    float *read = floats(reads * channels);
    for (int i = 0; i < reads; i++) {
        int from = input_place(g, i / g->taps, i % g->taps);
        if (from >= 0) memcpy(read + i * channels, x + from, channels * sizeof(float));
    }
    return read;
}

/* convolution(x, k): blocks of taps. */
static float *convolution(const Geometry *g, const float *x, const float *k, int images) {
    int places = all_places(g, images), channels = g->channels, filters = g->filters;
    float *read = gathered(g, x, images), *y = floats(places * filters), *part = floats(places * filters);
    for (int tap = 0; tap < g->taps; tap += g->block) {
        int inner = lesser(g->block, g->taps - tap) * channels;
        Matrix a = matrix(read + tap * channels, g->taps * channels), b = matrix(k + tap * channels * filters, filters);
        product(tap ? part : y, places, filters, inner, a, b);
        if (tap) add(y, part, places * filters);
    }
    return y;
}

/* transposed(y, k): from +0, block by block, each in the order of the output places. */
static float *transposed(const Geometry *g, const float *y, const float *k, int images) {
    int places = all_places(g, images), channels = g->channels, filters = g->filters;
    float *x = floats(images * g->size * g->size * channels), *part = floats(places * g->block * channels);
    for (int first = 0; first < g->taps; first += g->block) {
        int block = lesser(g->block, g->taps - first);
        Matrix b = transpose(k + first * channels * filters, filters);
        product(part, places, block * channels, filters, matrix(y, filters), b);
        for (int place = 0; place < places; place++)
            for (int tap = 0; tap < block; tap++) {
                int to = input_place(g, place, first + tap);
                if (to >= 0) add(x + to, part + (place * block + tap) * channels, channels);
            }
    }
    return x;
}

/* kernel(x, y): one run of places is the result, several are added from +0. */
static float *kernel_of(const Geometry *g, const float *x, const float *y, int images) {
    const int run = 4096, places = all_places(g, images), rows = g->taps * g->channels, filters = g->filters;
    float *read = gathered(g, x, images), *k = floats(rows * filters), *part = floats(rows * filters);
    for (int place = 0; place < places; place += run) {
        Matrix a = transpose(read + place * rows, rows), b = matrix(y + place * filters, filters);
        product(places > run ? part : k, rows, filters, lesser(run, places - place), a, b);
        if (places > run) add(k, part, rows * filters);
    }
    return k;
}

/* ---- Sums ------------------------------------------------------------------------------------------------------- */
static float lanes(const float *v, int n) {
    float lane[32] = {0.0f}, q[8];
    int i = 0;
    for (; i + 32 <= n; i += 32)
        for (int j = 0; j < 32; j++) lane[j] = lane[j] + v[i + j];
    for (; i < n; i += 8)
        for (int j = 0; j < 8; j++) lane[j] = lane[j] + (i + j < n ? v[i + j] : 0.0f);
    for (int j = 0; j < 8; j++) q[j] = (lane[j] + lane[8 + j]) + (lane[16 + j] + lane[24 + j]);
    return ((q[0] + q[4]) + (q[2] + q[6])) + ((q[1] + q[5]) + (q[3] + q[7]));
}

/* The tree: sums, or sums of squares, of the columns of V[first, rows, columns], first being the first of several axes. */
static void tree(const float *v, int first, int rows, int columns, int squares, float *out) {
    int runs = first * ((rows + 31) / 32);
    float *sums = floats(runs * columns), *to = sums;
    for (int index = 0; index < first; index++)
        for (int run = 0; run < rows; run += 32, to += columns)
            for (int row = run; row < lesser(run + 32, rows); row++) {
                const float *x = v + (index * rows + row) * columns;
                for (int c = 0; c < columns; c++)
                    if (squares) to[c] = row == run ? x[c] * x[c] : fmaf(x[c], x[c], to[c]);
                    else to[c] = row == run ? x[c] : to[c] + x[c];
            }
    if (runs > 1) tree(sums, 1, runs, columns, 0, out);
    else memcpy(out, sums, columns * sizeof(float));
}

/* The sum of all values, or of all squares; the mean of [n, 1]. */
static float total(const float *v, int first, int rows, int columns, int squares) {
    float *sums = floats(columns);
    tree(v, first, rows, columns, squares, sums);
    return lanes(sums, columns);
}
static float mean(const float *v, int n) { return total(v, 1, n, 1, 0) * inv(n); }

/* ---- Graphs ----------------------------------------------------------------------------------------------------- */
/* The shape of a vector is [1, 1, 1, n], that of a matrix [1, 1, m, n]. */
typedef struct { int shape[4], count, arrived; float *value, *gradient, *m, *v; } Parameter;
typedef enum { LINEAR, PRODUCT, CONVOLUTION, TRANSPOSED, BIAS, BATCH_NORM, RELU, LEAKY_RELU, TANH } Kind;

/* inputs are the values of a sample of the operand; the result is [N, places, features]. */
typedef struct { Kind kind; int inputs, places, features; Geometry geometry; Parameter *first, *second; } Operation;

/* The operations of the layers in order, the parameters in theirs, the shape [size, size, channels] of the last result;
   stddev is that of `random_normal` kernels, 0 for `glorot_uniform`. */
typedef struct {
    const char *name;
    double stddev;
    int seed, batch, size, channels, layers, operations, parameters, updates;
    Operation operation[MAX_OPERATIONS];
    Parameter parameter[MAX_PARAMETERS];
} Network;

/* A pass of a batch: value[i] is the operand of operation i; c, s, q are those of batch_norm. */
typedef struct { const float *value[MAX_OPERATIONS + 1]; float *c[MAX_OPERATIONS], *s[MAX_OPERATIONS], *q[MAX_OPERATIONS]; } Pass;

/* ---- Initial values and data ------------------------------------------------------------------------------------ */
static Parameter *parameter(Network *network, int rows, int columns, int m, int n, float value) {
    Parameter *p = &network->parameter[network->parameters++];
    int count = rows * columns * m * n;
    *p = (Parameter){{rows, columns, m, n}, count, 0, floats(count), floats(count), floats(count), floats(count)};
    for (int i = 0; i < count; i++) p->value[i] = value;
    return p;
}

static Parameter *kernel(Network *network, int width, int m, int n) {
    Parameter *p = parameter(network, width, width, m, n, 0);
    char stream[80];
    snprintf(stream, sizeof stream, "initial/%s.%d.kernel", network->name, network->layers);
    Draw draw = draw_of(network->seed, stream, 0);
    double fans = (width * width * m + width * width * n) / 2.0;
    float limit = (float)sqrt(3 * (1 / fans)), stddev = (float)network->stddev;
    if (network->stddev > 0) normals(&draw, p->value, p->count);
    for (int i = 0; i < p->count; i++)
        p->value[i] = network->stddev > 0 ? p->value[i] * stddev : (uniform(&draw, i) * 2.0f - 1.0f) * limit;
    return p;
}

/* Images of a raw file of MNIST. */
static float *images_of(const char *folder, const char *file, int *count) {
    char path[4096];
    unsigned char head[16], bytes[PIXELS];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *file_of_images = fopen(path, "rb");
    if (!file_of_images || fread(head, 16, 1, file_of_images) != 1) fail("no images of MNIST in the data folder");
    *count = head[4] << 24 | head[5] << 16 | head[6] << 8 | head[7];
    float *images = floats(*count * PIXELS);
    for (int i = 0; i < *count; i++) {
        if (fread(bytes, PIXELS, 1, file_of_images) != 1) fail("a file of images is cut off");
        for (int j = 0; j < PIXELS; j++) images[i * PIXELS + j] = (float)bytes[j] / 127.5f - 1.0f;
    }
    fclose(file_of_images);
    return images;
}

/* ---- Layers ----------------------------------------------------------------------------------------------------- */
static Operation *operation(Network *network, Kind kind, int size, int channels, Parameter *first, Parameter *second) {
    Operation *o = &network->operation[network->operations++];
    int inputs = network->size * network->size * network->channels;
    *o = (Operation){kind, inputs, size * size, channels, {0}, first, second};
    network->size = size;
    network->channels = channels;
    return o;
}

/* + b, f; then the next layer. An activation that is a layer of its own has nothing before. */
static void activated(Network *network, int use_bias, Kind f) {
    int size = network->size, channels = network->channels;
    if (use_bias) operation(network, BIAS, size, channels, parameter(network, 1, 1, 1, channels, 0), NULL);
    if (f != LINEAR) operation(network, f, size, channels, NULL, NULL);
    network->layers++;
}

static void dense(Network *network, int units, int use_bias, Kind f) {
    operation(network, PRODUCT, 1, units, kernel(network, 1, network->channels, units), NULL);
    activated(network, use_bias, f);
}

/* conv2d, or conv2d_transpose, with padding `same`. */
static void conv(Network *network, Kind kind, int filters, int width, int stride, int use_bias, Kind f) {
    int size = network->size, channels = network->channels, forth = kind == CONVOLUTION;
    Geometry g = forth ? geometry_same(size, channels, filters, width, stride)
                       : geometry_same(size * stride, filters, channels, width, stride);
    Parameter *w = kernel(network, width, g.channels, g.filters);
    operation(network, kind, forth ? g.places : g.size, filters, w, NULL)->geometry = g;
    activated(network, use_bias, f);
}

static void batch_norm(Network *network) {
    int channels = network->channels;
    Parameter *gamma = parameter(network, 1, 1, 1, channels, 1), *beta = parameter(network, 1, 1, 1, channels, 0);
    operation(network, BATCH_NORM, network->size, channels, gamma, beta);
    network->layers++;
}

static void reshape(Network *network, int size, int channels) {
    network->size = size;
    network->channels = channels;
    network->layers++;
}

/* Batch normalization; moving statistics reach no metric and are left out. */
static float *batch_norm_forward(const Operation *o, Pass *pass, int i, int batch) {
    int features = o->features, n = batch * o->places * features;
    float share = (float)features / (float)n, epsilon = (float)1e-3;
    float *m = floats(features), *v = floats(features), *squares = floats(n), *y = floats(n);
    float *c = pass->c[i] = floats(n), *s = pass->s[i] = floats(features), *q = pass->q[i] = floats(features);
    const float *x = pass->value[i];
    tree(x, batch, o->places, features, 0, m);
    for (int f = 0; f < features; f++) m[f] = m[f] * share;
    for (int j = 0; j < n; j++) c[j] = x[j] - m[j % features];
    for (int j = 0; j < n; j++) squares[j] = c[j] * c[j];
    tree(squares, batch, o->places, features, 0, v);
    for (int f = 0; f < features; f++) s[f] = sqrtf(v[f] * share + epsilon);
    for (int f = 0; f < features; f++) q[f] = o->first->value[f] / s[f];
    for (int j = 0; j < n; j++) y[j] = c[j] * q[j % features] + o->second->value[j % features];
    return y;
}

/* The result of operation i, whose operand is in the pass. */
static float *result(const Network *network, Pass *pass, int i) {
    const Operation *o = &network->operation[i];
    const float *x = pass->value[i], *w = o->first ? o->first->value : NULL;
    int batch = network->batch, features = o->features, n = batch * o->places * features;
    if (o->kind == CONVOLUTION) return convolution(&o->geometry, x, w, batch);
    if (o->kind == TRANSPOSED) return transposed(&o->geometry, x, w, batch);
    if (o->kind == BATCH_NORM) return batch_norm_forward(o, pass, i, batch);
    float *y = floats(n);
    if (o->kind == PRODUCT) product(y, batch, features, o->inputs, matrix(x, o->inputs), matrix(w, features));
    for (int j = 0; j < n; j++)
        if (o->kind == BIAS) y[j] = x[j] + w[j % features];
        else if (o->kind == RELU) y[j] = x[j] <= 0.0f ? 0.0f : x[j];
        else if (o->kind == LEAKY_RELU) y[j] = x[j] <= 0.0f ? x[j] * 0.2f : x[j];
        else if (o->kind == TANH) y[j] = tanh_of(x[j]);
    return y;
}

static const float *forward(const Network *network, Pass *pass, const float *input) {
    pass->value[0] = input;
    for (int i = 0; i < network->operations; i++) pass->value[i + 1] = result(network, pass, i);
    return pass->value[network->operations];
}

/* ---- Gradients -------------------------------------------------------------------------------------------------- */
/* A contribution is the first, or arrived + contribution. */
static void arrive(Parameter *p, const float *contribution) {
    if (p->arrived++) add(p->gradient, contribution, p->count);
    else memcpy(p->gradient, contribution, p->count * sizeof(float));
}

static float *batch_norm_backward(const Operation *o, const float *d, const float *c, const float *s, const float *q, int batch,
                                  float *g_gamma, float *g_beta) {
    int features = o->features, n = batch * o->places * features;
    float share = (float)features / (float)n, *g_q = floats(features), *g_v = floats(features), *g_m = floats(features);
    float *g_x = floats(n), *values = floats(n);
    tree(d, batch, o->places, features, 0, g_beta);
    for (int i = 0; i < n; i++) values[i] = d[i] * c[i];
    tree(values, batch, o->places, features, 0, g_q);
    for (int f = 0; f < features; f++) {
        float h = g_q[f] / s[f], g_s = -(h * q[f]);
        g_gamma[f] = h;
        g_v[f] = g_s * 0.5f / s[f];
    }
    for (int i = 0; i < n; i++) g_x[i] = d[i] * q[i % features] + g_v[i % features] * share * 2.0f * c[i];
    for (int i = 0; i < n; i++) values[i] = -g_x[i];
    tree(values, batch, o->places, features, 0, g_m);
    for (int i = 0; i < n; i++) g_x[i] = g_x[i] + g_m[i % features] * share;
    return g_x;
}

typedef enum { BY_PARAMETERS, BY_INPUT } Sources;
/* The gradients of a pass by its parameters or by its input, from d, the gradient by its result. */
static const float *backward(const Network *network, const Pass *pass, const float *d, Sources sources) {
    int batch = network->batch;
    for (int i = network->operations - 1; i >= 0; i--) {
        const Operation *o = &network->operation[i];
        const float *x = pass->value[i], *y = pass->value[i + 1], *w = o->first ? o->first->value : NULL;
        int inputs = o->inputs, features = o->features, n = batch * o->places * features;
        int by_parameters = w && sources == BY_PARAMETERS, by_operand = i > 0 || sources == BY_INPUT;
        float *by_first = floats(w ? o->first->count : 0), *by_second = floats(o->second ? features : 0), *g = NULL;
        if (o->kind == PRODUCT) {
            g = floats(batch * inputs);
            if (by_operand) product(g, batch, inputs, features, matrix(d, features), transpose(w, features));
            if (by_parameters) product(by_first, inputs, features, batch, transpose(x, inputs), matrix(d, features));
        } else if (o->kind == CONVOLUTION) {
            if (by_operand) g = transposed(&o->geometry, d, w, batch);
            if (by_parameters) by_first = kernel_of(&o->geometry, x, d, batch);
        } else if (o->kind == TRANSPOSED) {
            if (by_operand) g = convolution(&o->geometry, d, w, batch);
            if (by_parameters) by_first = kernel_of(&o->geometry, d, x, batch);
        } else if (o->kind == BATCH_NORM) {
            g = batch_norm_backward(o, d, pass->c[i], pass->s[i], pass->q[i], batch, by_first, by_second);
        } else {
            g = floats(n);
            if (o->kind == BIAS && by_parameters) tree(d, batch, o->places, features, 0, by_first);
            for (int j = 0; j < n; j++)
                if (o->kind == BIAS) g[j] = d[j];
                else if (o->kind == TANH) g[j] = d[j] * fmaf(-y[j], y[j], 1.0f);
                else g[j] = y[j] > 0.0f ? d[j] : o->kind == RELU ? 0.0f : d[j] * 0.2f;
        }
        if (by_parameters) arrive(o->first, by_first);
        if (by_parameters && o->second) arrive(o->second, by_second);
        d = g;
    }
    return d;
}

/* ---- Losses ----------------------------------------------------------------------------------------------------- */
typedef struct { float loss, score, above, *gradient; } Measured;

/* ce(s, label) of scores [n, 1] and its gradient by them; their mean and the share above 0. */
static Measured cross_entropy(const float *s, int n, int label) {
    float *losses = floats(n), *above = floats(n), *gradient = floats(n);
    for (int i = 0; i < n; i++) {
        float x = label ? -s[i] : s[i], d = sigmoid(x) * inv(n);
        losses[i] = softplus(x);
        above[i] = s[i] > 0.0f ? 1.0f : 0.0f;
        gradient[i] = label ? -d : d;
    }
    return (Measured){mean(losses, n), mean(s, n), mean(above, n), gradient};
}

/* ---- Updates ---------------------------------------------------------------------------------------------------- */
static float norm(const Network *network) {
    float sum = 0.0f;
    for (int i = 0; i < network->parameters; i++) {
        const Parameter *p = &network->parameter[i];
        sum = total(p->gradient, p->shape[0], p->shape[1] * p->shape[2], p->shape[3], 1) + sum;
    }
    return sqrtf(sum);
}

static void adam(Network *network, double rate) {
    const double beta_1 = 0.5, beta_2 = 0.999;
    int c = ++network->updates;
    float size = (float)(rate * sqrt(1 - (double)powl(beta_2, c)) / (1 - (double)powl(beta_1, c)));
    float share_1 = (float)(1 - beta_1), share_2 = (float)(1 - beta_2), epsilon = (float)1e-7;
    for (int i = 0; i < network->parameters; i++) {
        Parameter *p = &network->parameter[i];
        for (int j = 0; j < p->count; j++) {
            float g = p->gradient[j];
            p->m[j] = fmaf(g - p->m[j], share_1, p->m[j]);
            p->v[j] = fmaf(fmaf(g, g, -p->v[j]), share_2, p->v[j]);
            p->value[j] = p->value[j] - size * p->m[j] / (sqrtf(p->v[j]) + epsilon);
        }
        p->arrived = 0;
    }
}

/* ---- metrics.csv ------------------------------------------------------------------------------------------------ */
/* The fewest digits that read back as x. */
static void print_float(float x) {
    char text[32];
    int digits = 0;
    do snprintf(text, sizeof text, "%.*e", digits, x);
    while (strtof(text, NULL) != x && ++digits < 9);
    int exponent = atoi(strchr(text, 'e') + 1), decimals = digits - exponent;
    if (x != 0.0f && (exponent < -4 || fabsf(x) > 16777216.0f)) printf(",%s", text);
    else printf(",%.*f", decimals > 1 ? decimals : 1, strtod(text, NULL));
}

/* ---- A step ----------------------------------------------------------------------------------------------------- */
typedef struct {
    const char *images;
    int seed, batch, latent, steps, metrics_every, separate, shuffle;
    double rate;
    Network generator, discriminator;
} Experiment;

/* Samples of the generator for the latent vectors of a stream, and the discriminator's scores of them. */
static const float *scores_of_generated(Experiment *e, const char *stream, int step, Pass *made, Pass *judged) {
    Draw draw = draw_of(e->seed, stream, step);
    float *z = floats(e->batch * e->latent);
    normals(&draw, z, e->batch * e->latent);
    forward(&e->generator, made, z);
    return forward(&e->discriminator, judged, made->value[e->generator.operations]);
}

static void run(Experiment *e, const char *folder) {
    Network *generator = &e->generator, *discriminator = &e->discriminator;
    Pass made, real, judged;
    int count, n = e->batch;
    float *images = images_of(folder, e->images, &count), *x = floats(n * PIXELS);
    int steps_of_epoch = count / n, steps_of_row = 0, before = holding;
    double sums[METRICS] = {0};
    static int order[60000]; /* of the samples in an epoch */
    printf("step,epoch,discriminator_loss,discriminator_loss_real,discriminator_loss_generated,generator_loss,"
           "discriminator_accuracy,discriminator_accuracy_real,discriminator_accuracy_generated,score_real,score_generated,"
           "discriminator_gradient_norm,generator_gradient_norm\n");
    flush_tiny_numbers();
    for (int step = 1; step <= e->steps; step++) {
        int epoch = (step - 1) / steps_of_epoch + 1, place = (step - 1) % steps_of_epoch;
        if (e->shuffle && place == 0) permute(order, e->seed, epoch, count);
        Draw draw = draw_of(e->seed, "data/order", step);
        for (int i = 0; i < n; i++) {
            int sample = e->shuffle ? order[place * n + i] : index_below(&draw, i, count);
            memcpy(x + i * PIXELS, images + sample * PIXELS, PIXELS * sizeof(float));
        }
        /* The discriminator's turn: an update on real samples and one on generated ones, or one on both. */
        float norm_of_real = 0.0f;
        Measured r = cross_entropy(forward(discriminator, &real, x), n, 1);
        if (e->separate) {
            backward(discriminator, &real, r.gradient, BY_PARAMETERS);
            norm_of_real = norm(discriminator);
            adam(discriminator, e->rate);
        }
        const float *scores = scores_of_generated(e, "latent/discriminator/1", step, &made, &judged);
        Measured g = cross_entropy(scores, n, 0);
        backward(discriminator, &judged, g.gradient, BY_PARAMETERS);
        if (!e->separate) backward(discriminator, &real, r.gradient, BY_PARAMETERS); /* second: walked backwards */
        float norm_of_turn = norm(discriminator);
        if (e->separate) norm_of_turn = (norm_of_real + norm_of_turn) * inv(2);
        adam(discriminator, e->rate);
        /* The generator's update, through the latest discriminator. */
        scores = scores_of_generated(e, "latent/generator/1", step, &made, &judged);
        Measured of_generator = cross_entropy(scores, n, 1);
        const float *by_samples = backward(discriminator, &judged, of_generator.gradient, BY_INPUT);
        backward(generator, &made, by_samples, BY_PARAMETERS);
        float norm_of_generator = norm(generator);
        adam(generator, e->rate);
        float below = -g.above + 1.0f;
        float columns[METRICS] = {r.loss + g.loss, r.loss, g.loss, of_generator.loss, (r.above + below) * 0.5f, r.above, below,
                                  r.score, g.score, norm_of_turn, norm_of_generator};
        for (int i = 0; i < METRICS; i++) sums[i] += columns[i];
        steps_of_row++;
        release(before);
        if (step % e->metrics_every && step < e->steps) continue;
        printf("%d,%d", step, epoch);
        for (int i = 0; i < METRICS; i++) print_float((float)(sums[i] / steps_of_row));
        printf("\n");
        memset(sums, 0, sizeof sums);
        steps_of_row = 0;
    }
}

/* ---- The two specs ---------------------------------------------------------------------------------------------- */
static void mlp(const char *folder) {
    static Experiment e = {.images = "train-images-idx3-ubyte", .seed = 42, .batch = 128, .latent = 100, .steps = 200,
                           .metrics_every = 10, .separate = 1, .shuffle = 0, .rate = 2e-4};
    Network *g = &e.generator, *d = &e.discriminator;
    *g = (Network){.name = "generator", .seed = e.seed, .stddev = 0.02, .batch = e.batch, .size = 1, .channels = e.latent};
    dense(g, 256, 1, RELU);
    dense(g, 512, 1, RELU);
    dense(g, 1024, 1, RELU);
    dense(g, 784, 1, TANH);
    reshape(g, 28, 1);
    *d = (Network){.name = "discriminator", .seed = e.seed, .stddev = 0.02, .batch = e.batch, .size = 28, .channels = 1};
    reshape(d, 1, 784);
    dense(d, 512, 1, RELU);
    dense(d, 256, 1, RELU);
    dense(d, 1, 1, LINEAR); /* its sigmoid is folded into the loss */
    run(&e, folder);
}

static void convolutions(const char *folder) {
    static Experiment e = {.images = "t10k-images-idx3-ubyte", .seed = 11, .batch = 32, .latent = 20, .steps = 50,
                           .metrics_every = 5, .separate = 0, .shuffle = 1, .rate = 1e-3};
    Network *g = &e.generator, *d = &e.discriminator;
    *g = (Network){.name = "generator", .seed = e.seed, .stddev = 0, .batch = e.batch, .size = 1, .channels = e.latent};
    dense(g, 392, 0, LINEAR);
    reshape(g, 7, 8);
    batch_norm(g);
    activated(g, 0, RELU);
    conv(g, TRANSPOSED, 12, 4, 2, 0, LINEAR);
    batch_norm(g);
    activated(g, 0, RELU);
    conv(g, TRANSPOSED, 1, 4, 2, 1, TANH);
    *d = (Network){.name = "discriminator", .seed = e.seed, .stddev = 0, .batch = e.batch, .size = 28, .channels = 1};
    conv(d, CONVOLUTION, 20, 4, 2, 1, LINEAR);
    activated(d, 0, LEAKY_RELU);
    conv(d, CONVOLUTION, 24, 4, 2, 0, LINEAR);
    batch_norm(d);
    activated(d, 0, LEAKY_RELU);
    reshape(d, 1, 7 * 7 * 24);
    dense(d, 1, 1, LINEAR);
    run(&e, folder);
}

int main(int count, char **arguments) {
    if (count == 3 && strcmp(arguments[1], "mlp") == 0) mlp(arguments[2]);
    else if (count == 3 && strcmp(arguments[1], "convolutions") == 0) convolutions(arguments[2]);
    else fail("usage: exact mlp|convolutions DATA_FOLDER");
    return 0;
}
