package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import dev.clawhold.sandbox.OwnFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The certificates that programs in a sandbox trust: the host's, the operator's `--upstream-ca`,
/// and the sandbox's own, in every place where programs look for them.
///
/// @param bundle the path inside of a PEM file with all of them
/// @param files the files that the sandbox has of its own for this
record Trust(String bundle, List<OwnFile> files) {
    private static final List<String> BUNDLES =
            List.of(
                    "/etc/ssl/certs/ca-certificates.crt",
                    "/etc/pki/tls/certs/ca-bundle.crt",
                    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                    "/etc/ssl/cert.pem",
                    "/etc/ssl/ca-bundle.pem");
    private static final String OWN_BUNDLE = "/run/clawhold/ca-bundle.pem";
    private static final String JAVA_STORE = "lib/security/cacerts";

    Trust {
        files = List.copyOf(files);
    }

    static Trust of(List<Path> upstreamCas, String sandboxCertificate) {
        var text = new StringBuilder(hostBundle());
        upstreamCas.forEach(file -> text.append('\n').append(certificates(file)));
        var pem = text.append('\n').append(sandboxCertificate).toString();
        var bytes = pem.getBytes(StandardCharsets.US_ASCII);
        var files = new ArrayList<OwnFile>();
        files.add(new OwnFile(OWN_BUNDLE, bytes));
        for (var path : existing(BUNDLES.stream().map(Path::of).toList())) {
            files.add(OwnFile.over(path.toString(), bytes));
        }
        var stores = existing(javaStores());
        if (!stores.isEmpty()) {
            var store = JavaKeyStore.trusting(pem);
            stores.forEach(path -> files.add(OwnFile.over(path.toString(), store)));
        }
        return new Trust(OWN_BUNDLE, files);
    }

    private static String hostBundle() {
        for (var path : existing(BUNDLES.stream().map(Path::of).toList())) {
            return read(path, "");
        }
        return "";
    }

    private static String certificates(Path file) {
        var text = read(file, "check the path given with --upstream-ca");
        int begun = text.split(JavaKeyStore.BEGIN, -1).length - 1;
        if (begun == 0) {
            throw unusable(file, "it holds no certificate in PEM");
        }
        var certificates = JavaKeyStore.certificates(text);
        if (certificates.size() < begun || !certificates.stream().allMatch(Trust::isCertificate)) {
            throw unusable(file, "a certificate in it cannot be read");
        }
        return text;
    }

    private static boolean isCertificate(byte[] der) {
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }

    private static CommandException unusable(Path file, String why) {
        return new CommandException(
                "cannot use `" + file + "` as an authority: " + why,
                "name a file with BEGIN CERTIFICATE lines");
    }

    private static String read(Path file, String hint) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CommandException("cannot read the certificates in `" + file + "`", hint, e);
        }
    }

    private static List<Path> javaStores() {
        var stores = new ArrayList<Path>();
        stores.add(Path.of("/etc/ssl/certs/java/cacerts"));
        stores.add(Path.of(System.getProperty("java.home", "/"), JAVA_STORE));
        var homes = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(homes)) {
            try (var listed = Files.newDirectoryStream(homes)) {
                listed.forEach(home -> stores.add(home.resolve(JAVA_STORE)));
            } catch (IOException e) {
                throw new CommandException("cannot list `" + homes + "`", "", e);
            }
        }
        return stores;
    }

    // Each file once, by its own path, however many links lead to it.
    private static List<Path> existing(List<Path> paths) {
        var real = new LinkedHashSet<Path>();
        for (var path : paths) {
            if (Files.isRegularFile(path)) {
                try {
                    real.add(path.toRealPath());
                } catch (IOException e) {
                    throw new CommandException("cannot reach `" + path + "`", "", e);
                }
            }
        }
        return List.copyOf(real);
    }
}
