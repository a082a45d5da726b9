/// Tests of node.life.
/// Start at {@link dev.jobctl.node.life.LifeStepTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.life;
