package dev.jobctl.node;

import dev.jobctl.node.runtime.PodRuntime;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// A runtime that delegates, but for some of its methods.
final class ReplacedRuntime {
    /// What is done instead of the real thing.
    interface Instead {
        /// Null: the real one is asked.
        @Nullable
        Object answer(String method) throws IOException;
    }

    private ReplacedRuntime() {}

    static PodRuntime of(PodRuntime real, Instead instead) {
        return (PodRuntime) Proxy.newProxyInstance(
                PodRuntime.class.getClassLoader(), new Class<?>[] {PodRuntime.class}, (proxy, method, arguments) -> {
                    @Nullable Object answer = instead.answer(method.getName());
                    if (answer != null) {
                        return answer;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
