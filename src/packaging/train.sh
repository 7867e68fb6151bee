#!/usr/bin/env bash
# train.sh IMAGE WORK TIME: runs the default load in a packaged program and writes what the JVM learned into its AOT cache.
# The options and the class path are those of the launcher, or the JVM would refuse the cache.
set -euo pipefail
image=$1 work=$2 time=$3
app=$image/lib/app
options=() classpath=
while IFS='=' read -r key value; do
  value=${value//\$APPDIR/$app}
  case $key in
    java-options) [[ $value == -XX:AOTCache=* ]] || options+=("$value") ;;
    app.classpath) classpath+=${classpath:+:}$value ;;
  esac
done < "$app/memfuse.cfg"

# The JVM refuses the cache when a jar has another time: a package must be able to restore it.
find "$image" -exec touch --no-dereference --date "@$time" {} +

# The data and log folders of the user stay untouched. The verdict of the load does not matter here.
export XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
rm -f "$app/memfuse.aot"
mkdir -p "$work"
"$image/lib/runtime/bin/java" "${options[@]}" -XX:AOTCacheOutput="$app/memfuse.aot" -classpath "$classpath" \
  dev.memfuse.Main --headless --ephemeral --out "$work/out" > "$work/training.log" 2>&1 || true
if [ ! -s "$app/memfuse.aot" ]; then
  tail -20 "$work/training.log"
  exit 1
fi
