#!/usr/bin/env bash
# train.sh IMAGE WORK TIME: starts a packaged program until its pages are built, writes the classes that the start needed
# into an AOT cache, which the image has compressed, and gives it a launcher that is faster than jpackage's.
# The options and the class path are those of the launcher, or the JVM would refuse the cache.
set -euo pipefail
image=$1 work=$2 time=$3
app=$image/lib/app
options=() classpath=
while IFS='=' read -r key value; do
  value=${value//\$APPDIR/$app}
  case $key in
    java-options) [[ $value == -Djpackage.* ]] || options+=("$value") ;;
    app.classpath) classpath+=${classpath:+:}$value ;;
  esac
done < "$app/memfuse.cfg"

# The names of functions that are only for crash reports are 5 MiB of the JVM; those of the JDK have them (ADR 0071).
if [ "$(uname)" = Linux ] && command -v strip > /dev/null; then
  find "$image/lib/runtime" -name '*.so' -exec strip --strip-unneeded {} +
fi

# The JVM refuses the cache when a jar has another time: a package must be able to restore it.
find "$image" -exec touch --no-dereference --date "@$time" {} +

mkdir -p "$work"

# With the window system of a real start where the machine has a virtual one, else on JavaFX's headless platform.
platform=()
if command -v Xvfb > /dev/null; then
  exec {ready}<> <(:)
  Xvfb -displayfd "$ready" -screen 0 1280x1024x24 > "$work/display.log" 2>&1 &
  display=$!
  trap 'kill "$display"' EXIT
  read -r -t 30 number <&"$ready"
  export DISPLAY=:$number
else
  platform=(-Dglass.platform=Headless -Dprism.order=sw)
fi

# The first run creates the data folder; the second one is like those that follow. The data and log folders of the user
# stay untouched. Without profiles of methods the cache is smaller, and C2 does not compete with the window for the
# processors (ADR 0059).
cache=$work/memfuse.aot
rm -f "$cache" "$app/memfuse.aot.gz"
for recorded in "" "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput=$cache"; do
  rm -f "$work"/data/logs/*
  # shellcheck disable=SC2086
  "$image/lib/runtime/bin/java" "${options[@]}" "${platform[@]}" $recorded -classpath "$classpath" \
    dev.memfuse.Main --data-dir "$work/data" > "$work/training.log" 2>&1 &
  program=$!
  for ((i = 0; i < 600; i++)); do
    if grep -qs "all pages built" "$work"/data/logs/*; then break; fi
    if ! kill -0 "$program" 2> /dev/null; then break; fi
    sleep 0.2
  done
  kill -TERM "$program" || true
  wait "$program" || true
done
if [ ! -s "$cache" ]; then
  tail -20 "$work/training.log"
  exit 1
fi

# Most of the cache is pointers and zeros: the JVM needs it as it is, and the image is a fifth smaller without.
gzip -9 -n < "$cache" > "$app/memfuse.aot.gz"
touch --date "@$time" "$app/memfuse.aot.gz"
name=memfuse-$(cksum < "$app/memfuse.aot.gz" | cut -d ' ' -f 1).aot

# jpackage's launcher first asks the package manager to which package it belongs, which takes longer than the JVM needs.
{
  cat << 'LAUNCHER'
#!/bin/sh
# Starts the program with the run-time image beside it, wherever the folder lies.
self=$(readlink -f "$0")
home=${self%/bin/*}
app=$home/lib/app
# The JVM starts faster with what it knows of the classes. The first start unpacks that for its user; where it cannot,
# the program starts without.
LAUNCHER
  printf 'folder=${XDG_CACHE_HOME:-${HOME:-/nowhere}/.cache}/memfuse\ncache=$folder/%s\n' "$name"
  cat << 'LAUNCHER'
if [ ! -f "$cache" ] && mkdir -p "$folder" 2> /dev/null; then
  rm -f "$folder"/memfuse-*.aot*
  { gzip -dc "$app/memfuse.aot.gz" > "$cache.$$" && mv "$cache.$$" "$cache" || rm -f "$cache.$$"; } 2> /dev/null
fi
# JavaFX adds these two to the environment while other threads may read it, which can crash in libc. Where they are there
# already, nothing is moved.
export GDK_BACKEND=x11 IBUS_ENABLE_SYNC_MODE=1
known=
if [ -r "$cache" ]; then known=-XX:AOTCache=$cache; fi
exec "$home/lib/runtime/bin/java" "-Djpackage.app-path=$self" ${known:+"$known"} \
LAUNCHER
  for option in "${options[@]}"; do printf "  '%s' \\\\\n" "$option"; done
  printf '  -classpath "%s" \\\n  dev.memfuse.Main "$@"\n' "${classpath//"$app"/\$app}"
} > "$image/bin/memfuse"
