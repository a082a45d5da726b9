/// The loop on a virtual clock. Start at {@link dev.jobctl.loop.VirtualPlane}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.loop;
