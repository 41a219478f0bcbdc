/**
 * Threads for calibrant in browsers. Everything else runs there as it is.
 *
 * @module
 */
export {
  fitTemperatureInThreads,
  type ThreadedTemperatureOptions,
} from './fit-temperature-in-threads.ts';
