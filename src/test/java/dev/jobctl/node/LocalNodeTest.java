package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalNodeTest {
    @TempDir
    Path home;

    private NodeBed bed;

    @BeforeEach
    void open() {
        bed = new NodeBed(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    @Test
    void aPodRunsAndItsOutputIsInItsLog() {
        Pod pod = NodeBed.shell("pi", "echo 3.14; echo oops >&2; exit 0");
        PodStatus end = bed.run(pod);
        assertThat(end.getPhase()).isEqualTo("Succeeded");
        assertThat(NodeBed.main(end).getState().getTerminated().getReason()).isEqualTo("Completed");
        assertThat(bed.log(pod)).isEqualTo("3.14\noops\n");
        assertThat(bed.reports.of("pi")).extracting(PodStatus::getPhase).containsExactly("Running", "Succeeded");
        assertThat(bed.reasons()).containsExactly("ImageNotUsed", "Created", "Started");
    }
}
