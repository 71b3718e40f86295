#!/usr/bin/env bash
# The book of Documentation/README.md: one page for browsers, offline, and one file for paper.
#   Documentation/Book/make.sh FOLDER [html]
set -euo pipefail
folder=$(realpath -m "$1")
cd "$(dirname "$0")/.."
mkdir -p "$folder"
pandoc README.md --from gfm --to html5 --lua-filter Book/book.lua --standalone --self-contained --toc --toc-depth 3 \
  --metadata title=gan-exp --metadata lang=en --css Book/style.css --output "$folder/gan-exp.html"
echo "$folder/gan-exp.html"
[ "${2:-}" = html ] && exit
weasyprint --quiet "$folder/gan-exp.html" "$folder/gan-exp.pdf"
echo "$folder/gan-exp.pdf"
