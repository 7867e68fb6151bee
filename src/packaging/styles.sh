#!/usr/bin/env bash
# styles.sh CLASSES RUNTIME WORK: writes the style sheets of the classes in JavaFX's binary form to a folder. JavaFX
# prefers a .bss beside a .css, and reads it in a fraction of the time. They go into the jar of the image and not among
# the classes, where a later change of a .css would stay without effect.
set -euo pipefail
classes=$1 runtime=$2 work=$3
rm -rf "$work"
while read -r sheet; do
  mkdir -p "$work/$(dirname "$sheet")"
  "$runtime/bin/java" --module javafx.graphics/com.sun.javafx.css.parser.Css2Bin \
    "$classes/$sheet" "$work/${sheet%.css}.bss"
done < <(cd "$classes" && find styles -name '*.css' | sort)
