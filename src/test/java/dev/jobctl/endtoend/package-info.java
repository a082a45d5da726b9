/// The real release, daemon, kubectl and processes, told as transcripts: `src/test/sessions/*.session`.
/// One shell per session, each in a home of its own; three at a time, but for those that say `# alone:`.
/// Imports the JDK only: nothing of jobctl but its command line.
/// Never skips: a missing kubectl or release is a failure.
/// Start at {@link dev.jobctl.endtoend.SessionsTest}.
@NullMarked
package dev.jobctl.endtoend;

import org.jspecify.annotations.NullMarked;
