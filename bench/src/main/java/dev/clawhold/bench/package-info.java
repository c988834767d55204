/// Measurements, run by hand: ratios against real programs in one interleaved run. The scripts
/// beside this module's POM start them.
@org.jspecify.annotations.NullMarked
package dev.clawhold.bench;
