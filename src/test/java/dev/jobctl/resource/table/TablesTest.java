package dev.jobctl.resource.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Durations;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
    private static final String META = "'metadata':{'name':'x','creationTimestamp':'2026-01-01T00:00:00Z'}";

    @ParameterizedTest
    @CsvSource({
        "-PT2S,<invalid>", "-PT1S,0s", "PT0S,0s", "PT119S,119s", "PT2M,2m", "PT2M5S,2m5s", "PT10M5S,10m",
        "PT179M,179m", "PT3H,3h", "PT3H20M,3h20m", "PT8H5M,8h", "PT47H,47h", "PT48H,2d", "PT51H,2d3h",
        "P8D,8d", "P729D,729d", "P730D,2y", "P740D,2y10d", "P2920D,8y", "P3300D,9y"
    })
    void durationsGetCoarserAsTheyGrow(Duration duration, String text) {
        assertThat(Durations.human(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'completions':5}|{'succeeded':2}|2/5",
                "{'parallelism':3}|{'succeeded':1}|1/1 of 3",
                "{'parallelism':1}|{}|0/1",
                "{}|{}|0/1"
            })
    void completionsOfAJob(String spec, String status, String cell) {
        assertThat(cell(Kinds.JOB, "{" + META + ",'spec':" + spec + ",'status':" + status + "}", "Completions"))
                .isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Complete'|Complete",
                "'Failed'|Failed",
                "'Suspended'|Suspended",
                "'FailureTarget'|FailureTarget",
                "'SuccessCriteriaMet'|Running"
            },
            quoteCharacter = '"')
    void statusOfAJob(String type, String cell) {
        String job = "{" + META + ",'status':{'conditions':[{'type':" + type + ",'status':'True'}]}}";
        assertThat(cell(Kinds.JOB, job, "Status")).isEqualTo(cell);
    }

    @Test
    void aJobInWide() {
        String job = "{" + META + ",'spec':{'completions':1,'selector':{'matchLabels':{'b':'2','a':'1'}},'template':"
                + "{'spec':{'containers':[{'name':'p','image':'i'},{'name':'q','image':'j'}]}}},"
                + "'status':{'startTime':'2026-01-01T00:59:00Z'}}";
        assertThat(cells(Kinds.JOB, job)).containsExactly("x", "Running", "0/1", "60s", "60m", "p,q", "i,j", "a=1,b=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'phase':'Pending'}|Pending|0/2|0",
                "{'phase':'Failed','reason':'Evicted'}|Evicted|0/2|0",
                "{'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'SchedulingGated'}]}"
                        + "|SchedulingGated|0/2|0",
                "{'phase':'Pending','containerStatuses':[{'name':'a','state':{'waiting':{'reason':'ContainerCreating'}}}]}"
                    + "|ContainerCreating|0/2|0",
                "{'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]}|Running|1/2|0",
                "{'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':3}}}]}|ExitCode:3|0/2|0",
                "{'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':137,'signal':9}}}]}"
                    + "|Signal:9|0/2|0",
                "{'phase':'Succeeded','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed'}}}]}"
                        + "|Completed|0/2|0",
                "{'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}},"
                        + "{'name':'b','state':{'terminated':{'reason':'Completed'}}}]}|NotReady|1/2|0",
                "{'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'waiting':{'reason':'PodInitializing'}}}]}"
                    + "|Init:0/1|0/2|0",
                "{'phase':'Pending','initContainerStatuses':[{'name':'i','restartCount':2,'state':"
                        + "{'terminated':{'exitCode':1,'reason':'Error'}}}]}|Init:Error|0/2|2",
                "{'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'waiting':{'reason':'ErrImagePull'}}}]}"
                    + "|Init:ErrImagePull|0/2|0",
                "{'phase':'Running','containerStatuses':[{'name':'a','restartCount':3,'state':"
                        + "{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':"
                        + "{'finishedAt':'2026-01-01T00:58:00Z'}}}]}|CrashLoopBackOff|0/2|3 (2m ago)"
            })
    void statusOfAPod(String status, String word, String ready, String restarts) {
        String pod = "{" + META + ",'spec':{'containers':[{'name':'a'},{'name':'b'}],'initContainers':[{'name':'i'}]},"
                + "'status':" + status + "}";
        assertThat(cell(Kinds.POD, pod, "Status")).isEqualTo(word);
        assertThat(cell(Kinds.POD, pod, "Ready")).isEqualTo(ready);
        assertThat(cell(Kinds.POD, pod, "Restarts")).isEqualTo(restarts);
    }

    @Test
    void aDeletedPodIsTerminatingUnlessItHasEnded() {
        String meta = "'metadata':{'name':'x','deletionTimestamp':'2026-01-01T00:00:00Z'}";
        assertThat(cell(Kinds.POD, "{" + meta + ",'status':{'phase':'Running'}}", "Status"))
                .isEqualTo("Terminating");
        assertThat(cell(Kinds.POD, "{" + meta + ",'status':{'phase':'Failed'}}", "Status"))
                .isEqualTo("Failed");
        assertThat(cell(Kinds.POD, "{" + meta + ",'status':{'phase':'Running','reason':'NodeLost'}}", "Status"))
                .isEqualTo("Unknown");
    }

    @Test
    void aSidecarCountsAsReady() {
        String pod = "{" + META + ",'spec':{'containers':[{'name':'a'}],'initContainers':[{'name':'s',"
                + "'restartPolicy':'Always'}]},'status':{'phase':'Running','initContainerStatuses':[{'name':'s',"
                + "'started':true,'ready':true,'state':{'running':{}}}],'containerStatuses':[{'name':'a',"
                + "'ready':true,'state':{'running':{}}}]}}";
        assertThat(cell(Kinds.POD, pod, "Ready")).isEqualTo("2/2");
    }

    @Test
    void anEventNamesItsObjectAndSource() {
        String event = "{" + META + ",'type':'Normal','reason':'R','message':' m ','count':3,"
                + "'firstTimestamp':'2026-01-01T00:00:00Z','lastTimestamp':'2026-01-01T00:59:30Z',"
                + "'involvedObject':{'kind':'Job','name':'pi','fieldPath':'spec'},"
                + "'source':{'component':'kubelet','host':'n1'}}";
        assertThat(cells(Kinds.EVENT, event))
                .containsExactly("30s", "Normal", "R", "job/pi", "spec", "kubelet, n1", "m", "60m", 3L, "x");
    }

    @Test
    void plainKinds() {
        assertThat(cells(Kinds.NAMESPACE, "{" + META + ",'status':{'phase':'Active'}}"))
                .containsExactly("x", "Active", "60m");
        assertThat(cells(Kinds.CONFIG_MAP, "{" + META + ",'data':{'a':'b'},'binaryData':{'c':''}}"))
                .containsExactly("x", 2L, "60m");
        assertThat(cells(Kinds.SECRET, "{" + META + ",'type':'Opaque','data':{'a':'b'}}"))
                .containsExactly("x", "Opaque", 1L, "60m");
        assertThat(cells(Kinds.SERVICE_ACCOUNT, "{" + META + "}")).containsExactly("x", 0L, "60m");
        assertThat(cells(Kinds.NODE, "{" + META + ",'status':{'conditions':[{'type':'Ready','status':'True'}]}}"))
                .startsWith("x", "Ready", "<none>", "60m", "", "<none>");
    }

    @Test
    void everyKindHasACellForEachColumn() {
        for (Kind kind : Kinds.all()) {
            assertThat(cells(kind, "{'metadata':{'name':'x'}}")).as(kind.kind()).hasSameSizeAs(Tables.columns(kind));
        }
    }

    private static Object cell(Kind kind, String json, String column) {
        List<String> names = Tables.columns(kind).stream().map(Column::name).toList();
        return cells(kind, json).get(names.indexOf(column));
    }

    private static List<Object> cells(Kind kind, String json) {
        HasMetadata object = Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), kind.type());
        return Tables.cells(object, NOW);
    }
}
