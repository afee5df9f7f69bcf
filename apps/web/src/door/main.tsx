import '../app/app.css';
import './door.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Door } from './door';

void navigator.serviceWorker?.register('/door/worker.js', { scope: '/door' });

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Door />
  </StrictMode>,
);
