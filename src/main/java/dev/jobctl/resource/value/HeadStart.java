package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.charset.StandardCharsets;

/// Lets [Json] learn the types that every Job needs, before the first of them comes: on another thread, while this
/// one still reads the command line. Learning twice at once is wasteful and harmless.
public final class HeadStart {
    private static final String META = "'metadata':{'name':'a','labels':{},'ownerReferences':[{}]}";
    private static final String POD = "'spec':{'containers':[{'resources':{}}],'tolerations':[{}]}";
    private static final String ENDED = "'state':{'terminated':{}}";

    private HeadStart() {}

    /// Takes a few tenths of a second in a fresh process.
    public static void take() {
        learn(Job.class, "'spec':{'selector':{},'template':{'metadata':{}," + POD + "}},'status':{'conditions':[{}]}");
        learn(Pod.class, POD + ",'status':{'conditions':[{}],'containerStatuses':[{" + ENDED + "}]}");
        learn(Event.class, "'involvedObject':{},'source':{}");
    }

    private static void learn(Class<?> type, String members) {
        String text = "{" + META + "," + members + "}";
        Json.write(Json.read(text.replace('\'', '"').getBytes(StandardCharsets.US_ASCII), type));
    }
}
