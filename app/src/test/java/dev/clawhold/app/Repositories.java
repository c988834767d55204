package dev.clawhold.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// Small repositories of code and packages, as static files.
final class Repositories {
    private Repositories() {}

    /// Each by the path that it is served below.
    static Map<String, Path> all(Path directory) {
        try {
            return Map.of(
                    "/git/", git(directory.resolve("git")),
                    "/npm/", npm(directory.resolve("npm")),
                    "/apt/", apt(directory.resolve("apt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One repository, for the protocol that reads plain files (gitprotocol-http(5), dumb clients).
    private static Path git(Path directory) throws IOException {
        var tree = Files.createDirectories(directory.resolve("tree"));
        Files.writeString(tree.resolve("read.me"), "a file from the repository\n");
        var bare = directory.resolve("repo.git").toString();
        git(tree, "init", "-q", ".");
        git(tree, "add", "read.me");
        git(
                tree,
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@api.test",
                "commit",
                "-q",
                "-m",
                "first");
        git(tree, "clone", "-q", "--bare", tree.toString(), bare);
        git(Path.of(bare), "update-server-info");
        return directory;
    }

    private static void git(Path in, String... arguments) {
        var command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = in.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        Held.tool(command);
    }

    /// A registry with one package: its document and its archive.
    private static Path npm(Path directory) throws IOException {
        var content = Files.createDirectories(directory.resolve("package"));
        Files.writeString(
                content.resolve("package.json"),
                "{\"name\":\"tiny\",\"version\":\"1.0.0\",\"main\":\"main.js\"}");
        Files.writeString(
                content.resolve("main.js"), "module.exports = 'a value from the package';\n");
        var archive = directory.resolve("tiny-1.0.0.tgz");
        Held.tool("tar", "-C", directory.toString(), "-czf", archive.toString(), "package");
        var hash = Base64.getEncoder().encodeToString(sha("SHA-512", archive));
        Files.writeString(
                directory.resolve("tiny"),
                """
                {"name":"tiny","dist-tags":{"latest":"1.0.0"},"versions":{"1.0.0":{
                "name":"tiny","version":"1.0.0","main":"main.js","dist":{
                "tarball":"https://api.test/npm/tiny-1.0.0.tgz","integrity":"sha512-%s"}}}}
                """
                        .formatted(hash));
        return directory;
    }

    /// A flat archive with one package.
    private static Path apt(Path directory) throws IOException {
        var control = Files.createDirectories(directory.resolve("tree/DEBIAN")).resolve("control");
        var fields =
                """
                Package: tiny
                Version: 1.0
                Architecture: all
                Maintainer: nobody <nobody@api.test>
                Description: nothing much
                """;
        Files.writeString(control, fields);
        var share = Files.createDirectories(directory.resolve("tree/usr/share"));
        Files.writeString(share.resolve("tiny"), "a file from the archive\n");
        var file = directory.resolve("tiny_1.0_all.deb");
        var tree = directory.resolve("tree").toString();
        Held.tool("dpkg-deb", "--root-owner-group", "-b", tree, file.toString());
        Files.writeString(
                directory.resolve("Packages"),
                fields
                        + "Filename: ./tiny_1.0_all.deb\nSize: "
                        + Files.size(file)
                        + "\nSHA256: "
                        + HexFormat.of().formatHex(sha("SHA-256", file))
                        + "\n");
        return directory;
    }

    private static byte[] sha(String algorithm, Path file) throws IOException {
        try {
            return MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
