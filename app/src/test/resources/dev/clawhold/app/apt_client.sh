mkdir -p apt/lists/partial apt/archives/partial apt/etc/preferences.d && : >apt/status
for part in 'ok api.test/apt' 'no other.test/no'; do
    set -- $part
    echo "deb [trusted=yes] https://$2/ ./" >apt/etc/$1.list
    options="-o Dir=$PWD/apt -o Dir::Bin::Methods=/usr/lib/apt/methods -o Dir::State::status=$PWD/apt/status
        -o Dir::State=$PWD/apt -o Dir::State::lists=$PWD/apt/lists -o Dir::Cache=$PWD/apt -o Dir::Etc=$PWD/apt/etc
        -o Dir::Etc::sourcelist=$PWD/apt/etc/$1.list -o Dir::Etc::sourceparts=- -o Dir::Log=$PWD/apt
        -o Acquire::Languages=none -o Acquire::Retries=0 -o Acquire::ForceHash=SHA256"
    apt-get $options update
    [ "$1" = no ] || { apt-get $options download tiny && dpkg-deb --fsys-tarfile tiny_1.0_all.deb | tar -xO ./usr/share/tiny; }
done
