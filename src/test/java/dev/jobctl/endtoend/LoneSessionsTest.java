package dev.jobctl.endtoend;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// The transcripts that need the machine for themselves: they look at what all runs leave behind, or at how long
/// something takes.
@Tag("endtoend")
class LoneSessionsTest {
    @TestFactory
    List<DynamicTest> everyTranscriptHolds() throws IOException {
        return Sessions.alone();
    }
}
