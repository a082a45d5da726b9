package dev.jobctl.plane;

import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.apiserver.PodLogs;
import dev.jobctl.node.SimulatedLogs;
import dev.jobctl.node.logs.JobRuns;
import dev.jobctl.node.logs.LogQuery;
import dev.jobctl.node.logs.LogSink;
import dev.jobctl.node.logs.PodLogFiles;
import dev.jobctl.resource.value.ObjectRef;
import java.io.IOException;
import java.util.List;

/// Gives the API server the node's logs.
record LogLink(PodLogFiles files, SimulatedLogs simulated, JobRuns jobs) implements PodLogs {
    @Override
    public void write(ObjectRef pod, String container, Options options, ApiResponse.Sink sink)
            throws IOException, InterruptedException {
        LogQuery query = query(options);
        if (simulated.has(pod)) {
            simulated.write(pod, container, query, new Passing(sink));
        } else {
            files.write(pod, container, query, new Passing(sink));
        }
    }

    private static LogQuery query(Options options) {
        return new LogQuery(
                options.follow(),
                options.previous(),
                options.timestamps(),
                options.tailLines(),
                options.limitBytes(),
                options.since());
    }

    @Override
    public List<Run> runs(OfJob job, String container) {
        return jobs.of(new JobRuns.OfJob(job.namespace(), job.name(), job.uid(), job.pods()), container).stream()
                .map(run -> new Run(run.pod(), run.container(), run.restart(), run.index()))
                .toList();
    }

    @Override
    public void write(Run run, Options options, ApiResponse.Sink sink) throws IOException, InterruptedException {
        var found = new JobRuns.Run(run.pod(), run.container(), run.restart(), run.index());
        jobs.write(found, query(options), new Passing(sink));
    }

    private record Passing(ApiResponse.Sink sink) implements LogSink {
        @Override
        public void send(byte[] piece) throws IOException, InterruptedException {
            sink.send(piece);
        }

        @Override
        public boolean closed() {
            return sink.closed();
        }

        @Override
        public void onClose(Runnable action) {
            sink.onClose(action);
        }
    }
}
