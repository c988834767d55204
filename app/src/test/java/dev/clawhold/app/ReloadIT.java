package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A saved policy file is in force at once, in whatever way it is saved; a bad one changes nothing.
@Timeout(120)
class ReloadIT {
    private static final String API =
            """
            version: 1
            network_policies:
              api: {endpoints: [{host: api.test, ports: [80, 443]}], binaries: any}
            """;
    private static final String BOTH =
            API + "  other: {endpoints: [{host: other.test, ports: [80, 443]}], binaries: any}\n";
    private static final String ASK = "get https://other.test/ok";
    private static final String YES = "https://other.test/ok 200";
    private static final String NO = "https://other.test/ok 403";

    @TempDir static Path shared;

    private static Upstream upstream;

    private Scene scene;
    private int revision = 1;

    @BeforeAll
    static void startUpstream() {
        upstream = Upstream.start(shared);
    }

    @AfterAll
    static void stopUpstream() {
        upstream.close();
    }

    @BeforeEach
    void setScene() {
        scene = upstream.reachedBy(Scene.in(shared), "api.test", "other.test");
    }

    private Held started(String policy) {
        scene.policy(policy);
        return scene.start(Scene.pythonCommand("asks.py")).says("ready");
    }

    private void inForce(Held held) {
        revision++;
        held.complains("policy revision " + revision + " is in force");
    }

    @FunctionalInterface
    private interface Saving {
        void save(Path file, String text) throws IOException;
    }

    @Test
    void everyWayOfSavingIsNoticed() throws IOException {
        var ways =
                new Saving[] {
                    Files::writeString, ReloadIT::renameOver, ReloadIT::sed, ReloadIT::asVim
                };
        try (var held = started(API)) {
            for (var way : ways) {
                int before = count(held.said(), YES);
                way.save(scene.policyFile(), BOTH);
                inForce(held);
                ask(held, YES, before);
                int denied = count(held.said(), NO);
                way.save(scene.policyFile(), API);
                inForce(held);
                ask(held, NO, denied);
            }
            assertThat(held.hearEnd().finish().status()).as("%s", held).isZero();
        }
        assertThat(scene.records("kind", "policy")).hasSize(2 * ways.length);
        scene.auditIsIntact();
    }

    private void ask(Held held, String answer, int before) {
        var last = "https://api.test/after" + revision;
        held.hear(ASK).hear("get " + last).says(last + " 200");
        assertThat(count(held.said(), answer)).as("%s", held).isEqualTo(before + 1);
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    private static void renameOver(Path file, String text) throws IOException {
        var beside = file.resolveSibling("new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// `sed -i` writes a file beside and renames it.
    private static void sed(Path file, String text) {
        var change =
                text.equals(BOTH)
                        ? "$a\\  other: {endpoints: [{host: other.test, ports: [80, 443]}],"
                                + " binaries: any}"
                        : "/other/d";
        Held.tool("sed", "-i", change, file.toString());
    }

    /// vim with `backupcopy=no`: the old file becomes the backup, the new one is written in its
    /// place, the backup goes.
    private static void asVim(Path file, String text) throws IOException {
        var backup = file.resolveSibling(file.getFileName() + "~");
        Files.move(file, backup);
        Files.writeString(file, text);
        Files.delete(backup);
    }

    @Test
    void aSymbolicLinkThatIsSwappedIsNoticed() throws IOException {
        var first = Files.createDirectory(scene.root().resolve("first"));
        var second = Files.createDirectory(scene.root().resolve("second"));
        Files.writeString(first.resolve("policy.yaml"), API);
        Files.writeString(second.resolve("policy.yaml"), BOTH);
        var link = Files.createSymbolicLink(scene.root().resolve("data"), first);
        Files.createSymbolicLink(scene.policyFile(), link.resolve("policy.yaml"));
        scene.option("--policy", scene.policyFile().toString());
        try (var held = scene.start(Scene.pythonCommand("asks.py")).says("ready")) {
            held.hear(ASK).says(NO);
            var beside = Files.createSymbolicLink(scene.root().resolve("beside"), second);
            Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE);
            inForce(held);
            held.hear(ASK).says(YES).hearEnd().finish();
        }
    }

    @Test
    void aTunnelThatIsNoLongerAllowedIsCutAndTheOtherLives() throws IOException {
        try (var held = started(BOTH)) {
            held.hear("stream https://api.test/stream").says("https://api.test/stream begins");
            held.hear("stream https://other.test/stream").says("https://other.test/stream begins");
            Files.writeString(scene.policyFile(), API);
            held.says("https://other.test/stream ends");
            held.hear("still https://api.test/stream").says("https://api.test/stream goes on");
            held.hearEnd().finish();
        }
        assertThat(scene.records("kind", "egress", "reason", "policy_revoked"))
                .singleElement()
                .satisfies(cut -> assertThat(cut.field("host")).contains("other.test"));
    }

    @Test
    void anInvalidVersionChangesNothingAndIsReported() throws IOException {
        try (var held = started(API)) {
            Files.writeString(scene.policyFile(), API + "netwrk_policies: {}\n");
            held.complains("revision 1 stays in force");
            assertThat(held.complained())
                    .contains("policy.yaml:4:1:")
                    .contains("did you mean `network_policies`?");
            held.hear("get https://api.test/ok").says("https://api.test/ok 200");
            held.hear(ASK).says(NO);
            Files.writeString(
                    scene.policyFile(), BOTH + "filesystem_policy: {read_only: [/opt]}\n");
            held.complains("hint: restart the sandbox");
            held.hear("get https://other.test/static").says("https://other.test/static 403");
            Files.delete(scene.policyFile());
            held.hear("get https://api.test/gone").says("https://api.test/gone 200");
            Files.writeString(scene.policyFile(), BOTH);
            held.complains("policy revision 2 is in force");
            held.hear("get https://other.test/back").says("https://other.test/back 200");
            held.hearEnd().finish();
        }
        assertThat(scene.records("kind", "policy"))
                .hasSizeGreaterThanOrEqualTo(3)
                .first()
                .satisfies(record -> assertThat(record.json()).contains("netwrk_policies"));
        scene.auditIsIntact();
    }

    @Test
    void anInvalidVersionDeniesAllWhereThePolicySaysSo() throws IOException {
        try (var held = started(API + "on_invalid: deny_all\n")) {
            held.hear("stream https://api.test/stream").says("https://api.test/stream begins");
            Files.writeString(scene.policyFile(), "version: [");
            held.complains("all egress is denied until it is");
            held.says("https://api.test/stream ends");
            held.hear("get https://api.test/no").says("\"reason\":\"policy_invalid\"");
            Files.writeString(scene.policyFile(), BOTH);
            held.complains("is in force");
            held.hear(ASK).says(YES).hearEnd().finish();
        }
        assertThat(upstream.requests("/no")).isZero();
    }
}
