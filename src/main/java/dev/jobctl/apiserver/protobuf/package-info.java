/// Bodies and answers in Kubernetes' protobuf form, which many Go programs send and do not fall back from.
/// Pure, any thread; its library is loaded when the first such body comes, and never before.
/// Imports `resource.value`, Jackson and the generated messages.
/// Never validates: the JSON that comes out is checked like any other body.
/// Start at {@link dev.jobctl.apiserver.protobuf.ProtobufBody}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.apiserver.protobuf;
