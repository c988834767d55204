package dev.clawhold.sandbox;

import java.util.List;

/// Which ids on disk stand for the sandbox's inside it. Only a root caller needs this: idmapped
/// mounts (`mount_setattr(2)`, `MOUNT_ATTR_IDMAP`) show an owner's files as the sandbox's, and what
/// the sandbox makes belongs to that owner on disk.
final class IdMap {
    /// The first descriptor that a map's user namespace is kept at.
    static final int FIRST_DESCRIPTOR = 120;

    private static final int MOST = 16;

    private IdMap() {}

    /// One owner of exposed files.
    record Owner(long uid, long gid) {}

    /// The distinct owners, in the order of the exposures.
    ///
    /// @throws SetupException if there are more than 16
    static List<Owner> owners(Blueprint blueprint) {
        if (!blueprint.ids().root()) {
            return List.of();
        }
        var owners =
                blueprint.files().exposures().stream()
                        .filter(Exposure::owner)
                        .map(IdMap::owner)
                        .distinct()
                        .toList();
        if (owners.size() > MOST) {
            throw new SetupException(
                    Layer.IDENTITY,
                    "the listed paths belong to more than " + MOST + " different owners",
                    "list fewer paths");
        }
        return owners;
    }

    static Owner owner(Exposure exposure) {
        return new Owner(exposure.entry().uid(), exposure.entry().gid());
    }

    static int descriptor(Blueprint blueprint, Owner owner) {
        return FIRST_DESCRIPTOR + owners(blueprint).indexOf(owner);
    }
}
