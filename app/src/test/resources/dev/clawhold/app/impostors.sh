say() { name=$1; shift; printf '%s: %s\n' "$name" "$("$@" 2>&1 | tr '\n' ' ')"; }
get=https://api.test
options='-sS -m 20'
say itself /usr/bin/curl $options $get/ok/itself
ln -s /usr/bin/curl link
say 'by a symbolic link' ./link $options $get/ok/link
say python /usr/bin/python3 urllib_client.py $get/no/python
cp /usr/bin/curl copy
say copy ./copy $options $get/no/copy
ln copy linked
say linked ./linked $options $get/no/linked
mv linked renamed
say renamed ./renamed $options $get/no/renamed
say named bash -c "exec -a /usr/bin/curl ./copy $options $get/no/named"
say loader /lib64/ld-linux-x86-64.so.2 /usr/bin/curl $options $get/no/loader
say memory /usr/bin/python3 -c '
import os, sys
file = os.memfd_create("curl")
os.write(file, open("/usr/bin/curl", "rb").read())
os.execve(file, ["/usr/bin/curl", *sys.argv[1:]], os.environ)' $options $get/no/memory
mkdir -p usr/bin && cp copy usr/bin/curl
say mounted ./usr/bin/curl $options $get/no/mounted
ln /usr/bin/curl hard 2>/dev/null || echo no hard link to a program of the system
mv /usr/bin/curl moved 2>/dev/null || echo no rename of a program of the system
