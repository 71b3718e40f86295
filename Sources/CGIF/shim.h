/// giflib gives what it writes to a function, byte by byte, with an untyped pointer of the caller's.
#ifndef GAN_EXP_CGIF_H
#define GAN_EXP_CGIF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <gif_lib.h>

/// Where a file's bytes go.
struct gif_room {
  unsigned char *bytes;
  size_t capacity;
  size_t count;
};

static inline int gif_append(GifFileType *file, const GifByteType *bytes, int count) {
  struct gif_room *room = (struct gif_room *)file->UserData;
  if (count < 0 || room->capacity - room->count < (size_t)count) return 0;
  memcpy(room->bytes + room->count, bytes, (size_t)count);
  room->count += (size_t)count;
  return count;
}

/// Images of one size, one behind the other: of each 256 colors (red, green, blue), the number of each pixel's color, and for
/// how many hundredths of a second it is shown.
struct gif_images {
  int count;
  int width;
  int height;
  const unsigned char *colors;
  const unsigned char *pixels;
  const unsigned short *hundredths;
};

static inline bool gif_add(GifFileType *file, const struct gif_images *images, int number) {
  unsigned short shown = images->hundredths[number];
  // No transparent color; what comes after it stands in its place.
  const unsigned char control[4] = {4, (unsigned char)(shown & 255), (unsigned char)(shown >> 8), 0};
  if (EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, control) != GIF_OK) return false;
  GifColorType colors[256];
  for (int color = 0; color < 256; color++) {
    const unsigned char *channels = images->colors + 3 * (256 * (size_t)number + (size_t)color);
    colors[color].Red = channels[0];
    colors[color].Green = channels[1];
    colors[color].Blue = channels[2];
  }
  ColorMapObject *map = GifMakeMapObject(256, colors);
  if (!map) return false;
  bool isWell = EGifPutImageDesc(file, 0, 0, images->width, images->height, false, map) == GIF_OK;
  const unsigned char *row = images->pixels + (size_t)number * (size_t)images->width * (size_t)images->height;
  for (int y = 0; isWell && y < images->height; y++, row += images->width) {
    // giflib takes pixels that it could change.
    isWell = EGifPutLine(file, (GifPixelType *)row, images->width) == GIF_OK;
  }
  GifFreeMapObject(map);
  return isWell;
}

/// Writes the images, shown again and again; 0, or giflib's number of what went wrong, -1 where there is too little room.
static inline int gif_write(const struct gif_images *images, struct gif_room *room) {
  int failure = 0;
  GifFileType *file = EGifOpen(room, gif_append, &failure);
  if (!file) return failure;
  EGifSetGifVersion(file, true);
  const unsigned char forever[3] = {1, 0, 0};
  bool isWell = EGifPutScreenDesc(file, images->width, images->height, 8, 0, NULL) == GIF_OK
      && EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE) == GIF_OK
      && EGifPutExtensionBlock(file, 11, "NETSCAPE2.0") == GIF_OK
      && EGifPutExtensionBlock(file, 3, forever) == GIF_OK && EGifPutExtensionTrailer(file) == GIF_OK;
  for (int number = 0; isWell && number < images->count; number++) isWell = gif_add(file, images, number);
  int error = file->Error;
  int closing = 0;
  bool isClosed = EGifCloseFile(file, &closing) == GIF_OK;
  if (isWell && isClosed) return 0;
  return error != 0 ? error : closing != 0 ? closing : -1;
}

#endif
