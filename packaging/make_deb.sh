#!/bin/bash
# Owns `make dist`: freezes the wheel of this checkout with PyInstaller and packs the folder into build/dist/*.deb.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${PYTHON:=python3}"
work=build/dist
say() { echo "dist: $*"; }

for tool in dpkg-deb strip objdump; do
    command -v $tool >/dev/null || { echo "dist: $tool is missing; please run: sudo apt-get install dpkg binutils" >&2; exit 1; }
done
mkdir -p $work

# A Python of its own: nothing of the developer's tools can get into the package. The wheel has the data files inside.
say "installing Dictation and PyInstaller into $work/venv"
test -x $work/venv/bin/pip || "$PYTHON" -m venv $work/venv
pip=($work/venv/bin/python -m pip --disable-pip-version-check --no-input --quiet)
log() {
    if ! "$@" >$work/log 2>&1; then
        tail -n 20 $work/log >&2
        echo "dist: this failed: $* (everything it said is in $work/log)" >&2
        exit 1
    fi
}
log "${pip[@]}" install . -r packaging/requirements.txt
log "${pip[@]}" install --no-deps --force-reinstall .

# -P: without it the checkout, which has no data files inside, would be taken for the installed wheel.
say "freezing (some minutes)"
log $work/venv/bin/python -P -m PyInstaller --noconfirm --distpath $work/folder --workpath $work/work packaging/dictation.spec
folder=$work/folder/dictation

# What debuggers read is a quarter of the folder. The libraries that wheels bring in *.libs were rewritten by patchelf,
# and strip breaks some of those; Qt's are stripped.
find $folder/_internal -type f -name '*.so*' -not -path '*.libs/*' -not -path '*/PySide6/*' -exec strip --strip-debug {} +

version=$($folder/dictation --version)
version=${version#dictation }
glibc=$(find $folder -type f \( -name '*.so*' -o -name dictation \) -exec objdump -T {} + 2>/dev/null |
    grep -oP '\(GLIBC_\K[0-9.]+(?=\))' | sort -uV | tail -n 1)
architecture=$(dpkg --print-architecture)
id=$($work/venv/bin/python -P -c 'import dictation; print(dictation.APP_ID)')

root=$work/root
rm -rf $root
mkdir -p $root/DEBIAN $root/usr/{bin,lib} $root/usr/share/{applications,icons/hicolor/scalable/apps,doc/dictation}
cp -r $folder $root/usr/lib/dictation
ln -s ../lib/dictation/dictation $root/usr/bin/dictation
sed -e '/^#/d' -e 's|@COMMAND@|/usr/lib/dictation/dictation|' assets/dictation.desktop >$root/usr/share/applications/$id.desktop
cp assets/icons/dictation.svg $root/usr/share/icons/hicolor/scalable/apps/dictation.svg
cp LICENSE $root/usr/share/doc/dictation/copyright
chmod -R u=rwX,go=rX $root/usr
sed -e "s|@VERSION@|$version|; s|@ARCHITECTURE@|$architecture|; s|@GLIBC@|$glibc|" \
    -e "s|@KILOBYTES@|$(du -sk --apparent-size $root/usr | cut -f 1)|" packaging/debian/control >$root/DEBIAN/control

deb=$work/dictation_${version}_$architecture.deb
say "packing $deb"
rm -f $work/*.deb
dpkg-deb --root-owner-group -Zxz --build $root $deb >/dev/null
rm -rf $root
say "$deb: $(du -m --apparent-size $deb | cut -f 1) MB, installed $(du -sm --apparent-size $folder | cut -f 1) MB, glibc $glibc or newer"
