package dev.clawhold.linux;

/// One argument of an operation of a launch image.
public sealed interface Operand {

    /// A number known when the image is written.
    record Constant(long value) implements Operand {}

    /// The eight bytes that stand at a place when the operation runs.
    record Content(Place place) implements Operand {}

    /// A place in the image's data: as an operand, its address.
    record Place(int offset, String words) implements Operand {
        /// What stands there at run time, instead of its address.
        public Content content() {
            return new Content(this);
        }

        /// The address some bytes further.
        public Place plus(int bytes) {
            return new Place(offset + bytes, words);
        }
    }

    /// A number as an operand.
    static Operand number(long value) {
        return new Constant(value);
    }
}
