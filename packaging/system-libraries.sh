#!/bin/sh
# Qt's system libraries, the readers by which the tests read packs back, a program that stands for a card that seals, and a screen
# for them. Installed where we may; otherwise the command is printed. On systems without apt-get there is nothing to do: see the README.
set -eu
needed="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4
libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1
libsqlite3-0 poppler-utils qpdf softhsm2 xvfb xauth"
command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || exit 0
missing=""
for each in $needed; do
    dpkg-query -W -f '${Status}' "$each" 2>/dev/null | grep -q 'ok installed' || missing="$missing $each"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    echo "Installing system libraries:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086 - a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "System libraries are missing. The window and the tests need them:"
    echo "    sudo apt-get install$missing"
    [ "${1:-}" != needed ]
fi
