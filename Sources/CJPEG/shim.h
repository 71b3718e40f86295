/// libjpeg reports errors by a function that must not return, so that its calls need setjmp, which Swift has not.
#ifndef GAN_EXP_CJPEG_H
#define GAN_EXP_CJPEG_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

/// What a call found, and its words where it failed.
struct jpeg_result {
  unsigned int width;
  unsigned int height;
  /// 1: gray, 3: color; any other number is a kind of color that is not read.
  int channels;
  char message[JMSG_LENGTH_MAX];
};

struct jpeg_failure {
  struct jpeg_error_mgr manager;
  jmp_buf place;
  char *message;
};

static inline void jpeg_fail(j_common_ptr info) {
  struct jpeg_failure *failure = (struct jpeg_failure *)info->err;
  (*info->err->format_message)(info, failure->message);
  longjmp(failure->place, 1);
}

/// Damaged data are a warning to libjpeg, which fills up what is missing; here they are an error.
static inline void jpeg_judge(j_common_ptr info, int level) {
  if (level < 0) jpeg_fail(info);
}

static inline void jpeg_stay_silent(j_common_ptr info) { (void)info; }

/// A progressive image can ask for any number of passes over all its pixels.
static inline void jpeg_limit_scans(j_common_ptr info) {
  if (!info->is_decompressor) return;
  if (((j_decompress_ptr)info)->input_scan_number > 100) {
    struct jpeg_failure *failure = (struct jpeg_failure *)info->err;
    strcpy(failure->message, "it has more than 100 scans");
    longjmp(failure->place, 1);
  }
}

/// Reads the size of an image, and with `pixels` (width * height * channels bytes, as an earlier call found them) the
/// image itself, by the slow exact transform, whose result is the same on every processor.
static inline bool jpeg_read(
    const unsigned char *bytes, unsigned long count, unsigned char *pixels, struct jpeg_result *result) {
  struct jpeg_decompress_struct info;
  struct jpeg_failure failure;
  struct jpeg_progress_mgr progress;
  memset(&info, 0, sizeof info);
  memset(&progress, 0, sizeof progress);
  info.err = jpeg_std_error(&failure.manager);
  failure.manager.error_exit = jpeg_fail;
  failure.manager.emit_message = jpeg_judge;
  failure.manager.output_message = jpeg_stay_silent;
  failure.message = result->message;
  if (setjmp(failure.place)) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  jpeg_create_decompress(&info);
  progress.progress_monitor = jpeg_limit_scans;
  info.progress = &progress;
  jpeg_mem_src(&info, bytes, count);
  jpeg_read_header(&info, TRUE);
  unsigned int width = info.image_width, height = info.image_height;
  int channels = info.num_components;
  if (pixels && width == result->width && height == result->height && channels == result->channels) {
    info.out_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    info.dct_method = JDCT_ISLOW;
    info.do_fancy_upsampling = TRUE;
    jpeg_start_decompress(&info);
    while (info.output_scanline < height) {
      JSAMPROW row = pixels + (size_t)info.output_scanline * width * channels;
      jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
  }
  result->width = width;
  result->height = height;
  result->channels = channels;
  jpeg_destroy_decompress(&info);
  return true;
}

#endif
