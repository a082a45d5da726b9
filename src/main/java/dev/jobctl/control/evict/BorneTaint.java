package dev.jobctl.control.evict;

import dev.jobctl.resource.view.TaintView;
import java.time.Instant;

/// A NoExecute taint of the node of a pod.
///
/// @param since since when the pod is on a node with it, whatever its timeAdded says
public record BorneTaint(TaintView taint, Instant since) {}
