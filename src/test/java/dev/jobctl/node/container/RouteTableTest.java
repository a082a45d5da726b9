package dev.jobctl.node.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RouteTableTest {
    private static final String HEAD = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT";

    /// As the kernel writes an address: the last byte first.
    private static String route(String name, int second, int third, String mask) {
        return "%s\t00%02X%02X0A\t00000000\t0001\t0\t0\t0\t%s\t0\t0\t0".formatted(name, third, second, mask);
    }

    @Test
    void aNetworkThatNobodyUsesIsTaken() {
        List<String> lines = List.of(
                HEAD, "eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0", route("vpn", 64, 0, "0000FFFF"));
        assertThat(RouteTable.subnet(lines, "jc1", 0)).contains("10.65");
        assertThat(RouteTable.subnet(lines, "jc1", 7)).contains("10.71");
    }

    @Test
    void aBridgeThatIsThereKeepsItsNetwork() {
        List<String> lines = List.of(HEAD, route("jc1", 93, 0, "0000FFFF"), route("jc2", 94, 0, "0000FFFF"));
        assertThat(RouteTable.subnet(lines, "jc1", 0)).contains("10.93");
    }

    @Test
    void aNetworkOfWhichAPartIsUsedIsNotTaken() {
        assertThat(RouteTable.subnet(List.of(HEAD, route("podman0", 64, 88, "00FFFFFF")), "jc1", 0))
                .contains("10.65");
    }

    @Test
    void aWiderNetworkUsesAllThatItCovers() {
        assertThat(RouteTable.subnet(List.of(HEAD, route("vpn", 64, 0, "0000F0FF")), "jc1", 0))
                .contains("10.80");
        assertThat(RouteTable.subnet(List.of(HEAD, route("vpn", 0, 0, "0000C0FF")), "jc1", 0))
                .contains("10.64");
    }

    @Test
    void theWholeOfTenLeavesRoom() {
        assertThat(RouteTable.subnet(List.of(HEAD, route("vpn", 0, 0, "000000FF")), "jc1", 0))
                .contains("10.64");
    }

    @Test
    void aMachineThatUsesThemAllHasNone() {
        List<String> lines = new ArrayList<>(List.of(HEAD));
        for (int second = 0; second < 256; second++) {
            lines.add(route("vpn", second, 0, "0000FFFF"));
        }
        assertThat(RouteTable.subnet(lines, "jc1", 0)).isEmpty();
    }
}
