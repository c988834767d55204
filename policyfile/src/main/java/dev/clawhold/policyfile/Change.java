package dev.clawhold.policyfile;

import java.util.List;

/// One thing that a merge does to a policy. A path leads from the root through keys, and positions
/// in lists as decimal numbers from 0.
public sealed interface Change {
    /// Of what is changed.
    List<String> path();

    /// What comes in.
    Node value();

    /// A map gets one more key, at its end.
    ///
    /// @param path of the map, which is there
    /// @param keyPlace where the key stands in the added policy
    /// @param origin where the value stands in the added policy; empty if it was made
    record Put(List<String> path, String key, Place keyPlace, Node value, List<String> origin)
            implements Change {
        public Put {
            path = List.copyOf(path);
            origin = List.copyOf(origin);
        }
    }

    /// A list gets one more item, at its end.
    ///
    /// @param path of the list, which is there
    /// @param origin where the value stands in the added policy; empty if it was made
    record Append(List<String> path, Node value, List<String> origin) implements Change {
        public Append {
            path = List.copyOf(path);
            origin = List.copyOf(origin);
        }
    }

    /// A key gives way to another, or to itself with another value.
    ///
    /// @param path of the value, with its key at the end
    record Replace(List<String> path, String key, Node value) implements Change {
        public Replace {
            path = List.copyOf(path);
        }
    }
}
