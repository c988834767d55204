package dev.clawhold.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An authority of the test's own, and the server certificate that it has signed.
///
/// @param certificate the authority's certificate, in PEM
record Authority(Path certificate, SSLContext context) {
    private static final String PASSWORD = "changeit";

    static Authority in(Path directory, List<String> names) {
        var ca = directory.resolve("ca.pem");
        var caKey = directory.resolve("ca.key");
        var server = directory.resolve("server.pem");
        var serverKey = directory.resolve("server.key");
        var store = directory.resolve("server.p12");
        request(ca, caKey, "/CN=a test's authority", "basicConstraints=critical,CA:TRUE");
        var alternatives = names.stream().map("DNS:"::concat).collect(Collectors.joining(","));
        request(
                server,
                serverKey,
                "/CN=a test's server",
                "basicConstraints=critical,CA:FALSE",
                "-addext",
                "subjectAltName=" + alternatives,
                "-CA",
                ca.toString(),
                "-CAkey",
                caKey.toString());
        Held.tool(
                "openssl",
                "pkcs12",
                "-export",
                "-in",
                server.toString(),
                "-inkey",
                serverKey.toString(),
                "-out",
                store.toString(),
                "-passout",
                "pass:" + PASSWORD);
        return new Authority(ca, context(store));
    }

    private static void request(
            Path certificate, Path key, String subject, String extension, String... more) {
        var command =
                new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"));
        command.addAll(List.of("ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"));
        command.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
        command.addAll(List.of("-subj", subject, "-addext", extension));
        command.addAll(List.of(more));
        Held.tool(command.toArray(String[]::new));
    }

    private static SSLContext context(Path store) {
        try (var in = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
