/// Tests of simulated pods.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.simulated;
