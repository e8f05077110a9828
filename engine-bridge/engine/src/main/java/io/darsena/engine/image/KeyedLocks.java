package io.darsena.engine.image;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// One lock a key, for as long as somebody holds it or waits for it.
final class KeyedLocks<K> {

    private final Map<K, Counted> locks = new HashMap<>();

    private static final class Counted {
        final ReentrantLock lock = new ReentrantLock();
        int users;
    }

    /// What is done under a lock.
    @FunctionalInterface
    interface Task<T> {
        T run() throws IOException;
    }

    /// @throws InterruptedException while it waited for the lock
    <T> T holding(K key, Task<T> task) throws IOException, InterruptedException {
        Counted counted;
        synchronized (locks) {
            counted = locks.computeIfAbsent(key, unused -> new Counted());
            counted.users++;
        }
        try {
            counted.lock.lockInterruptibly();
            try {
                return task.run();
            } finally {
                counted.lock.unlock();
            }
        } finally {
            leave(key, counted);
        }
    }

    private void leave(K key, Counted counted) {
        synchronized (locks) {
            counted.users--;
            if (counted.users == 0) {
                locks.remove(key);
            }
        }
    }
}
