package dev.clawhold.linux;

/// The machine code of the launch image: a loop that makes the system calls of a table, one record
/// after the other, and knows seven things to do with a result. The table's format is in
/// [ImageBuilder]; `docs/adr/0001` has the disassembly.
///
/// INVARIANT: the code addresses the table relative to itself: the failure slot lies one segment
/// behind the start of the file, the table 16 bytes further.
final class Stubs {
    /// 172 bytes: `rbx` walks the records, `rax` holds a result, `rcx` the mode.
    static final String X86_64 =
            "488d1d090f0000488b03488b7b084883f8ff7505488b07eb16488b7310488b53"
                    + "184c8b53204c8b43284c8b4b300f05488b4b384885c974034889018b4b40ffc9"
                    + "741affc9742bffc9742effc97432ffc97434ffc974394883c358ebab4885c079"
                    + "f5488d0d980e000048890148895908eb154885c07ee0eb0e483b435075d8eb06"
                    + "483b435074d0488b5b48e978ffffff488b53488b0289c783e77f8dbf80000000"
                    + "75030fb6fcb8e70000000f05";

    /// 47 words: `x19` walks the records, `x20` is the failure slot. Segments are 64 KiB apart.
    static final String AARCH64 =
            "14f8071093420091680240a91f0500b161000054000040f905000014610a41a9"
                    + "631242a9651a40f9010000d469aa43a9490000b4200100f96bb244a95f0900f1"
                    + "43010054a00100545f1100f1c3010054000200545f1900f10302005420020054"
                    + "73620191e9ffff17caffffb4a0ffffb6804e00a9090000141f0000f12dffff54"
                    + "060000141f000cebc1feff54030000141f000ceb60feff54f3030baadbffff17"
                    + "690140b9201900720000021141000054203d0853c80b80d2010000d4";

    private Stubs() {}
}
