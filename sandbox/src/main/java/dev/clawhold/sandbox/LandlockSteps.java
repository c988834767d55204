package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Landlock;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.SystemCall;
import dev.clawhold.policy.confinement.Access;
import java.util.LinkedHashMap;
import java.util.Map;

/// Landlock over the finished tree: every right of the kernel's ABI is handled, and given back only
/// where the tree shows something.
///
/// Landlock only adds rights going down, so a read-only path inside a writable one is held by its
/// mount; the ruleset holds everything else a second time.
final class LandlockSteps {
    private static final Operand NONE = number(0);
    private static final int PATH_AND_CLOEXEC = 0x200000 | 0x80000;
    private static final int PATH_BENEATH = 1;
    private static final long DEVICE = Landlock.DEV & Landlock.ON_FILE;

    private final ImageBuilder image;
    private final Blueprint blueprint;
    private final Landlock landlock;

    LandlockSteps(ImageBuilder image, Blueprint blueprint) {
        this.image = image;
        this.blueprint = blueprint;
        this.landlock = new Landlock(blueprint.machine().landlockAbi());
    }

    void restrict() {
        var attribute = landlock.rulesetAttribute();
        var ruleset =
                image.must(
                        "make a Landlock ruleset of every right of ABI " + landlock.abi(),
                        SystemCall.LANDLOCK_CREATE_RULESET,
                        image.bytes(attribute, "its attributes"),
                        number(attribute.length),
                        NONE);
        rights().forEach((path, rights) -> rule(ruleset, path, rights));
        image.must(
                "restrict this process by it",
                SystemCall.LANDLOCK_RESTRICT_SELF,
                ruleset.content(),
                number(landlock.logs() ? Landlock.LOG_NEW_EXEC : 0));
    }

    private Map<String, Long> rights() {
        var rights = new LinkedHashMap<String, Long>();
        rights.put("/", Landlock.LIST);
        rights.put("/proc", Landlock.PROC);
        rights.put("/dev", Landlock.LIST);
        rights.put("/dev/pts", Landlock.DEV);
        OwnTree.DEVICES.stream().sorted().forEach(node -> rights.put(node, DEVICE));
        rights.put("/dev/shm", Landlock.READ_WRITE);
        rights.put("/tmp", Landlock.READ_WRITE);
        rights.put("/run", Landlock.READ_WRITE);
        rights.put(OwnTree.HOME, Landlock.READ_WRITE);
        for (var file : blueprint.ownFiles()) {
            rights.put(file.path(), Landlock.READ_ONLY & Landlock.ON_FILE);
        }
        for (var exposure : blueprint.files().exposures()) {
            if (exposure.access() != Access.DENY) {
                rights.put(exposure.path(), rights(exposure));
            }
        }
        return rights;
    }

    private static long rights(Exposure exposure) {
        boolean writable = exposure.access() == Access.READ_WRITE;
        long all = writable ? Landlock.READ_WRITE : Landlock.READ_ONLY;
        if (exposure.device()) {
            all = writable ? Landlock.DEV : Landlock.PROC;
        }
        return exposure.entry().directory() ? all : all & Landlock.ON_FILE;
    }

    private void rule(Place ruleset, String path, long rights) {
        var rule = image.bytes(landlock.pathRule(rights), "0x" + Long.toHexString(rights));
        var file =
                image.must(
                        "",
                        SystemCall.OPENAT,
                        number(-100),
                        image.text(path),
                        number(PATH_AND_CLOEXEC),
                        NONE);
        image.copy(file, rule.plus(8));
        image.must(
                "allow " + words(rights) + " below `" + path + "`",
                SystemCall.LANDLOCK_ADD_RULE,
                ruleset.content(),
                number(PATH_BENEATH),
                rule,
                NONE);
        image.must("", SystemCall.CLOSE, file.content());
    }

    private static String words(long rights) {
        return rights == Landlock.LIST ? "listing" : (rights & 2) != 0 ? "writing" : "reading";
    }
}
