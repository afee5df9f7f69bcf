import { useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import { door } from './door-strings';

interface Detector {
  detect(video: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}
declare const BarcodeDetector: (new (options: { formats: string[] }) => Detector) | undefined;

const EVERY_MS = 150;

/** The browser's own reader of QR codes where it has one, else the one we bring. */
async function reader(): Promise<(video: HTMLVideoElement) => Promise<string | undefined>> {
  if (typeof BarcodeDetector !== 'undefined') {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { default: decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return (video) => {
    const { videoWidth: width, videoHeight: height } = video;
    canvas.width = width;
    canvas.height = height;
    context.drawImage(video, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    try {
      return Promise.resolve(decodeQR({ width, height, data }));
    } catch {
      // No code in this picture; the next may have one.
      return Promise.resolve(undefined);
    }
  };
}

/** The camera, until it has seen a code. */
export function Scan({ found, close }: { found: (code: string) => void; close: () => void }): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const look = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const picture = video.current;
      if (over || picture === null) return stop();
      picture.srcObject = stream;
      await picture.play();
      const read = await reader();
      const again = async (): Promise<void> => {
        const code = await read(picture);
        if (over) return;
        if (code === undefined) timer = setTimeout(() => void again(), EVERY_MS);
        else found(code);
      };
      await again();
    };
    const stop = (): void => stream?.getTracks().forEach((track) => track.stop());
    look().catch(() => setFailed(true));
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
    };
  }, [found]);
  return (
    <section className="card" aria-label={t(door.scan)}>
      {failed ? <p role="alert">{t(door.noCamera)}</p> : <p role="status">{t(door.scanning)}</p>}
      {!failed && <video ref={video} muted playsInline />}
      <button type="button" onClick={close}>
        {t(door.close)}
      </button>
    </section>
  );
}
