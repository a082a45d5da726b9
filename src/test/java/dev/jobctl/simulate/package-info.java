/// Tests of the simulated world, and what tests of other rooms take from it.
@org.jspecify.annotations.NullMarked
package dev.jobctl.simulate;
