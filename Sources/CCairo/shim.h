/// cairo 1.16 or later, loaded when a PDF or a PNG of a figure is made: its headers would bring those of X along, and every other
/// command would begin more slowly.
///
/// Constants are those of its cairo.h, whose interface has been the same since 1.0.
#ifndef GAN_EXP_CCAIRO_H
#define GAN_EXP_CCAIRO_H

#include <dlfcn.h>
#include <stddef.h>

/// Takes bytes of a file; returns 0.
typedef int (*cairo_writer)(void *closure, const unsigned char *bytes, unsigned int count);

/// Where a text lies, in the order of cairo.h.
struct cairo_extents {
  double x_bearing, y_bearing, width, height, x_advance, y_advance;
};

/// The functions that are used; the first argument is a context or a surface.
struct cairo_library {
  const char *(*version)(void);
  void *(*pdf_surface)(cairo_writer, void *, double, double);
  void (*pdf_metadata)(void *, int, const char *);
  void *(*image_surface)(int, int, int);
  unsigned char *(*image_data)(void *);
  int (*image_stride)(void *);
  void (*surface_flush)(void *);
  void (*surface_finish)(void *);
  int (*surface_status)(void *);
  void (*surface_destroy)(void *);
  void *(*create)(void *);
  void (*destroy)(void *);
  int (*status)(void *);
  void (*save)(void *);
  void (*restore)(void *);
  void (*scale)(void *, double, double);
  void (*translate)(void *, double, double);
  void (*rotate)(void *, double);
  void (*set_color)(void *, double, double, double, double);
  void (*set_line_width)(void *, double);
  void (*set_line_join)(void *, int);
  void (*set_dash)(void *, const double *, int, double);
  void (*move_to)(void *, double, double);
  void (*line_to)(void *, double, double);
  void (*close_path)(void *);
  void (*arc)(void *, double, double, double, double, double);
  void (*stroke)(void *);
  void (*fill)(void *);
  void (*fill_preserve)(void *);
  void (*paint)(void *);
  void (*select_font)(void *, const char *, int, int);
  void (*set_font_size)(void *, double);
  void *(*font_options)(void);
  void (*font_options_destroy)(void *);
  void (*set_hint_style)(void *, int);
  void (*set_hint_metrics)(void *, int);
  void (*set_antialias)(void *, int);
  void (*set_font_options)(void *, void *);
  void (*text_extents)(void *, const char *, struct cairo_extents *);
  void (*text_path)(void *, const char *);
  void (*show_text)(void *, const char *);
};

/// Loads the library; returns what is missing, or NULL.
static inline const char *cairo_load(const char *path, struct cairo_library *library) {
  void *handle = dlopen(path, RTLD_NOW);
  if (!handle) return dlerror();
#define CAIRO_SYMBOL(field, name)                                  \
  if (!(*(void **)&library->field = dlsym(handle, name))) return name
  CAIRO_SYMBOL(version, "cairo_version_string");
  CAIRO_SYMBOL(pdf_surface, "cairo_pdf_surface_create_for_stream");
  CAIRO_SYMBOL(pdf_metadata, "cairo_pdf_surface_set_metadata");
  CAIRO_SYMBOL(image_surface, "cairo_image_surface_create");
  CAIRO_SYMBOL(image_data, "cairo_image_surface_get_data");
  CAIRO_SYMBOL(image_stride, "cairo_image_surface_get_stride");
  CAIRO_SYMBOL(surface_flush, "cairo_surface_flush");
  CAIRO_SYMBOL(surface_finish, "cairo_surface_finish");
  CAIRO_SYMBOL(surface_status, "cairo_surface_status");
  CAIRO_SYMBOL(surface_destroy, "cairo_surface_destroy");
  CAIRO_SYMBOL(create, "cairo_create");
  CAIRO_SYMBOL(destroy, "cairo_destroy");
  CAIRO_SYMBOL(status, "cairo_status");
  CAIRO_SYMBOL(save, "cairo_save");
  CAIRO_SYMBOL(restore, "cairo_restore");
  CAIRO_SYMBOL(scale, "cairo_scale");
  CAIRO_SYMBOL(translate, "cairo_translate");
  CAIRO_SYMBOL(rotate, "cairo_rotate");
  CAIRO_SYMBOL(set_color, "cairo_set_source_rgba");
  CAIRO_SYMBOL(set_line_width, "cairo_set_line_width");
  CAIRO_SYMBOL(set_line_join, "cairo_set_line_join");
  CAIRO_SYMBOL(set_dash, "cairo_set_dash");
  CAIRO_SYMBOL(move_to, "cairo_move_to");
  CAIRO_SYMBOL(line_to, "cairo_line_to");
  CAIRO_SYMBOL(close_path, "cairo_close_path");
  CAIRO_SYMBOL(arc, "cairo_arc");
  CAIRO_SYMBOL(stroke, "cairo_stroke");
  CAIRO_SYMBOL(fill, "cairo_fill");
  CAIRO_SYMBOL(fill_preserve, "cairo_fill_preserve");
  CAIRO_SYMBOL(paint, "cairo_paint");
  CAIRO_SYMBOL(select_font, "cairo_select_font_face");
  CAIRO_SYMBOL(set_font_size, "cairo_set_font_size");
  CAIRO_SYMBOL(font_options, "cairo_font_options_create");
  CAIRO_SYMBOL(font_options_destroy, "cairo_font_options_destroy");
  CAIRO_SYMBOL(set_hint_style, "cairo_font_options_set_hint_style");
  CAIRO_SYMBOL(set_hint_metrics, "cairo_font_options_set_hint_metrics");
  CAIRO_SYMBOL(set_antialias, "cairo_font_options_set_antialias");
  CAIRO_SYMBOL(set_font_options, "cairo_set_font_options");
  CAIRO_SYMBOL(text_extents, "cairo_text_extents");
  CAIRO_SYMBOL(text_path, "cairo_text_path");
  CAIRO_SYMBOL(show_text, "cairo_show_text");
#undef CAIRO_SYMBOL
  return NULL;
}

#endif
