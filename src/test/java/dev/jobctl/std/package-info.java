/// Tests of the clocks.
@org.jspecify.annotations.NullMarked
package dev.jobctl.std;
