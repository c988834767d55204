package dev.clawhold.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The sandbox's own files of `/etc`: names are asked of the gateway, and the only users are
/// nobody's and the workload's.
final class EtcFiles {
    private EtcFiles() {}

    static List<OwnFile> forUser(String name, long uid, long gid) {
        var files = new ArrayList<OwnFile>();
        add(
                files,
                "/etc/resolv.conf",
                "nameserver 127.0.0.1\noptions ndots:1 timeout:2 attempts:2\n");
        add(files, "/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n127.0.0.1 " + name + "\n");
        add(files, "/etc/hostname", name + "\n");
        add(files, "/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        add(
                files,
                "/etc/passwd",
                String.format(
                        Locale.ROOT,
                        "root:x:0:0:root:/:/usr/sbin/nologin%n"
                                + "sandbox:x:%d:%d:sandbox:%s:/bin/sh%n"
                                + "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin%n",
                        uid,
                        gid,
                        OwnTree.HOME));
        add(
                files,
                "/etc/group",
                String.format(Locale.ROOT, "root:x:0:%nsandbox:x:%d:%nnogroup:x:65534:%n", gid));
        add(files, "/etc/machine-id", "00000000000000000000000000000001\n");
        return files;
    }

    // Where the host's file is a symbolic link, the link stays and its target is ours.
    private static void add(List<OwnFile> files, String path, String text) {
        files.add(new OwnFile(target(Path.of(path)), text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String target(Path path) {
        try {
            return Files.isSymbolicLink(path)
                    ? path.resolveSibling(Files.readSymbolicLink(path)).normalize().toString()
                    : path.toString();
        } catch (IOException _) {
            return path.toString();
        }
    }
}
